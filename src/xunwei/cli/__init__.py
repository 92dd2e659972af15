"""The command line. Errors are one line on stderr; exit codes are those of `xunwei.flow.gate`."""

from __future__ import annotations

import sys

from xunwei.errors import XunweiError


def main() -> None:
    """Entry point of `xunwei`."""
    from typer.exceptions import Abort, Exit, TyperException

    from xunwei.cli.app import app

    code = 0
    try:
        result = app(standalone_mode=False)
        code = result if isinstance(result, int) else 0
    except XunweiError as exc:
        print(f"xunwei: {exc}", file=sys.stderr)
        code = exc.exit_code
    except Exit as exc:
        code = exc.exit_code
    except (Abort, KeyboardInterrupt):
        code = 130
    except TyperException as exc:
        print(f"xunwei: {exc.format_message()}", file=sys.stderr)
        code = 4
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as exc:
        print(f"xunwei: {exc.filename or ''}: {exc.strerror or exc}", file=sys.stderr)
        code = 1
    sys.exit(code)
