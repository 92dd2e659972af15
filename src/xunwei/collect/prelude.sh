# Prelude of every `sh` collector. POSIX sh (dash, busybox ash, bash), read from stdin by `/bin/sh -s`.
# Nothing is written to the host: no temporary files and no here-documents (bash and ash make files of them).
# The script itself is on stdin, so every section runs with stdin from /dev/null.
# Before it: XW_MARK (random, another one for every run on every host), XW_SINCE (epoch of the last run or 0), XW_LIMIT.
# After it: `xw_asset NAME`, the collect files of its pack, `xw_section NAME SECONDS` for each section; last `xw_done`.
PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin
LC_ALL=C TZ=UTC
SYSTEMD_PAGER= SYSTEMD_COLORS=0 PAGER=cat
export PATH LC_ALL TZ SYSTEMD_PAGER SYSTEMD_COLORS PAGER
unset LANG LANGUAGE LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES LC_PAPER LC_NAME LC_ADDRESS
unset LC_TELEPHONE LC_MEASUREMENT LC_IDENTIFICATION CDPATH ENV BASH_ENV GREP_OPTIONS GREP_COLOR GREP_COLORS
unset POSIXLY_CORRECT COLUMNS LINES BLOCK_SIZE BLOCKSIZE DF_BLOCK_SIZE LS_COLORS TIME_STYLE QUOTING_STYLE
unset PS_FORMAT PS_PERSONALITY CMD_ENV LESS LSBLK_DEBUG DOCKER_HOST DOCKER_CONTEXT CONTAINER_HOST TERM
unalias -a 2>/dev/null
set +e +u +f
umask 077
ulimit -c 0 2>/dev/null
cd / || exit 1
xw_nl='
'
IFS=" 	$xw_nl"
export XW_MARK # so that a process which left the tree of its section can still be found
XW_ASSET=- XW_CAP=${XW_CAP:-524288}

# Centiseconds since boot in xw_cs, without a fork.
xw_now() {
  xw_a=; read -r xw_a xw_b 2>/dev/null </proc/uptime
  case $xw_a in *.[0-9][0-9]) ;; *) xw_a=$(date +%s </dev/null).00 ;; esac
  xw_cs=$((${xw_a%.*} * 100 + 1${xw_a#*.} - 100))
}
xw_now
xw_end=$((xw_cs + ${XW_LIMIT:-90} * 100))
XW_SINCE=${XW_SINCE:-0}

# timeout(1) and head -c are asked for once: old busybox has another syntax, some systems lack them.
xw_timeout= xw_head=
if [ "$(printf xy | timeout 9 head -c 1 2>/dev/null)" = x ]; then xw_timeout=1 xw_head=1
elif [ "$(printf xy | head -c 1 2>/dev/null)" = x ]; then xw_head=1
fi

XW_UID=$(id -u </dev/null)

# --- for the collect files -----------------------------------------------------------------------------------------
have() { command -v "$1" >/dev/null 2>&1; }
unsupported() { printf '%s\n' "$*"; exit 69; }
deny() { printf '%s: needs more rights than uid %s has\n' "$*" "$XW_UID"; exit 77; }
need_root() { [ "$XW_UID" = 0 ] || deny "$*"; }
need() {
  for xw_c in "$@"; do have "$xw_c" && return 0; done
  unsupported "not on this host: $*"
}

# run CMD…: stdout goes through; stderr is caught by the command substitution (its stdout is moved to fd 3 and
# back), so no file is needed; it is shown, marked `! `, at the end and only when the command fails.
run() {
  { xw_err=$("$@" 2>&1 1>&3 3>&-); xw_r=$?; } 3>&1
  [ "$1" != bounded ] || shift 2
  [ "$xw_r" = 0 ] || xw_complain "$1"
  return "$xw_r"
}
xw_complain() {
  [ -n "$xw_err" ] || return 0
  IFS=$xw_nl; set -f; xw_n=0
  for xw_l in $xw_err; do
    case $xw_l in Killed | Terminated) continue ;; esac
    xw_n=$((xw_n + 1)); [ "$xw_n" -gt 10 ] && break
    printf '! %s: %s\n' "$1" "$xw_l"
  done
  IFS=" 	$xw_nl"; set +f
}

# bounded SECONDS CMD…: 124 when it took longer. SIGKILL at once: a process that waits for a dead server obeys no other.
bounded() {
  xw_s=$1; shift
  if [ "$xw_timeout" ]; then
    timeout -s KILL "$xw_s" "$@"
  else
    "$@" &
    xw_watch "$!" "$xw_s" KILL
  fi
  xw_r=$?
  case $xw_r in 124 | 137 | 143) return 124 ;; esac
  return "$xw_r"
}

# clip N: at most N lines of stdin. keyval K V: one line `K=V`. attr K FILE: `K=first line`, `K=?` when it exists but
# cannot be read, nothing when it does not exist. No fork, except under /proc/sys: dash and ash `read` byte by byte, and
# the numbers there give only their first digit that way. Never `read` from /proc/sys directly; for many files use
# `grep -H '' FILES`.
clip() { sed -n -e "1,$1p" -e "$(($1 + 1)){s/.*/… clipped at $1 lines/p;q;}"; }
keyval() {
  xw_v=$2
  case $xw_v in *"$xw_nl"*) xw_v=$(printf '%s' "$xw_v" | tr '\n' ' ') ;; esac
  printf '%s=%s\n' "$1" "$xw_v"
}
attr() {
  [ -e "$2" ] || return 0
  xw_v=
  case $2 in
    /proc/sys/*)
      if xw_v=$(cat "$2" 2>/dev/null); then printf '%s=%s\n' "$1" "${xw_v%%"$xw_nl"*}"; else printf '%s=?\n' "$1"; fi
      return 0 ;;
  esac
  if { read -r xw_v <"$2"; } 2>/dev/null || [ -n "$xw_v" ]; then printf '%s=%s\n' "$1" "$xw_v"; else printf '%s=?\n' "$1"; fi
}
# part NAME: a heading line between several answers of one section.
part() { printf '== %s\n' "$1"; }

# --- framing and bounds --------------------------------------------------------------------------------------------
# Wait for PID for at most SECONDS, then send it SIGNAL; for hosts without timeout(1).
xw_watch() {
  (
    sleep "$2" & xw_z=$!
    trap 'kill "$xw_z"; exit 0' TERM
    wait "$xw_z" && kill -"$3" "$1"
  ) </dev/null >/dev/null 2>&1 4>&- & xw_w=$!
  wait "$1"; xw_r=$?
  kill "$xw_w" 2>/dev/null; wait "$xw_w" 2>/dev/null
  return "$xw_r"
}

# Stop, then kill PID, everything below it, and what it left behind (found by XW_MARK in its environment). There is no
# process group to aim at: `set -m` wants a terminal in dash. Only called when a section ran over its bounds.
xw_kill() {
  kill -STOP "$1"
  xw_tree=" $1 " xw_m=1
  while [ "$xw_m" ]; do
    xw_m=
    for xw_d in /proc/[0-9]*; do
      xw_p=${xw_d#/proc/}
      case $xw_tree in *" $xw_p "*) continue ;; esac
      xw_l=; { IFS= read -r xw_l <"$xw_d/stat"; } 2>/dev/null || continue
      set -- ${xw_l##*) }
      case $xw_tree in *" $2 "*) kill -STOP "$xw_p"; xw_tree="$xw_tree$xw_p " xw_m=1 ;; esac
    done
  done
  for xw_d in $(grep -ls "XW_MARK=$XW_MARK" /proc/[0-9]*/environ); do
    xw_p=${xw_d#/proc/}; xw_tree="$xw_tree${xw_p%/environ} "
  done
  kill -KILL $xw_tree
}

# Copy stdin to stdout: at most XW_CAP bytes, for at most xw_t seconds (then the exit code is 124, 137 or 143).
xw_reader() {
  if [ "$xw_timeout" ]; then timeout "$xw_t" head -c "$XW_CAP" 4>&-
  else
    if [ "$xw_head" ]; then head -c "$XW_CAP" 4>&- <&5 5<&- & else cat 4>&- <&5 5<&- & fi
    xw_watch "$!" "$xw_t" TERM
  fi 5<&0
}

# The left side says its process id on the first line, runs the section without the channel of the exit code (fd 4: a
# process that cannot be killed must not hold it), then says the exit code there. The right side bounds time and size.
xw_left_side() {
  read -r xw_pid xw_x </proc/self/stat
  printf '%s\n' "$xw_pid"
  (IFS=" 	$xw_nl"; "s_$1") 4>&-
  printf '%s ' "$?" >&4
}
xw_guard() {
  xw_left_side "$1" | {
    IFS= read -r xw_pid
    xw_reader
    case $? in
      124 | 137 | 143) xw_kill "$xw_pid"; printf '124 ' >&4 ;;
      *)
        xw_x=
        if IFS= read -r xw_x || [ -n "$xw_x" ]; then
          xw_kill "$xw_pid"
          printf '\n… clipped at %s bytes\n' "$XW_CAP"; printf '0 ' >&4
        fi ;;
    esac
  }
}

xw_asset() { XW_ASSET=$1; }

# xw_section NAME TIMEOUT: one framed answer; 124 at once when the time of the whole script is used up.
xw_section() {
  xw_now; xw_t0=$xw_cs xw_t=$2
  xw_left=$(((xw_end - xw_cs) / 100))
  [ "$xw_t" -le "$xw_left" ] || xw_t=$xw_left
  printf '%s begin %s %s\n' "$XW_MARK" "$XW_ASSET" "$1"
  if ! command -v "s_$1" >/dev/null 2>&1; then
    xw_rc=69; printf 'no function s_%s in the pack\n' "$1"
  elif [ "$xw_t" -lt 1 ]; then
    xw_rc=124
  else
    { xw_rc=$(xw_guard "$1" 4>&1 1>&3 3>&- </dev/null 2>/dev/null); } 3>&1
    xw_rc=${xw_rc% }; xw_rc=${xw_rc##* }
  fi
  xw_now
  printf '\n%s end %s %s %s\n' "$XW_MARK" "$1" "${xw_rc:-137}" "$((xw_cs - xw_t0))"
}

xw_done() { printf '%s done\n' "$XW_MARK"; }
