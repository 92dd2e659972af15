"""What Comware 7 devices say: errors, questions, confirmations."""

from __future__ import annotations

from collections.abc import Mapping

from xunwei.lab.grammar import Fault

ERRORS = {
    Fault.UNRECOGNIZED: " % Unrecognized command found at '^' position.",
    Fault.INCOMPLETE: " % Incomplete command found at '^' position.",
    Fault.AMBIGUOUS: " % Ambiguous command found at '^' position.",
    Fault.TOO_MANY: " % Too many parameters found at '^' position.",
    Fault.WRONG: " % Wrong parameter found at '^' position.",
}
TEXTS: Mapping[str, str] = {
    "enter_system": "System View: return to User View with Ctrl+Z.",
    "denied": "Permission denied.",
    "choose": "Error: Please choose 'YES' or 'NO' first before pressing 'Enter'. [Y/N]:",
    "save_ask": "The current configuration will be written to the device. Are you sure? [Y/N]:",
    "save_name": "Please input the file name(*.cfg)[{file}]\n"
    "(To leave the existing filename unchanged, press the enter key):",
    "save_overwrite": "{file} exists, overwrite? [Y/N]:",
    "save_done": "Validating file. Please wait...\nSaved the current configuration to mainboard device successfully.",
    "save_done_file": "Validating file. Please wait...\nConfiguration is saved to {file} successfully.",
    "disk_full": "Validating file. Please wait...\nNot enough storage space. Failed to save the current configuration.",
    "reboot_compare": "Start to check configuration with next startup configuration file, please wait.........DONE!",
    "reboot_unsaved": "Current configuration may be lost after the reboot, save current configuration? [Y/N]:",
    "reboot_ask": "This command will reboot the device. Continue? [Y/N]:",
    "reboot_fast": "A forced reboot might cause the storage medium to be corrupted. Continue? [Y/N]:",
    "reboot_now": "Now rebooting, please wait...",
    "reset_ask": "The saved configuration file will be erased. Are you sure? [Y/N]:",
    "reset_done": "Configuration file in flash: is being cleared.\nPlease wait ...\nConfiguration file is cleared.",
    "startup": "MainBoard:\n Current startup saved-configuration file: {current}\n"
    " Next main startup saved-configuration file: {next}",
    "startup_done": "Please wait ... Done.",
    "no_file": "The file does not exist.",
    "bad_file": "Invalid file name: the name must end with {suffixes}.",
    "missing": "The specified configuration does not exist.",
    "rule_missing": "",
    "exists": "The name already exists.",
    "no_config": "The saved configuration file does not exist.",
    "delete_ask": "Delete {file}? [Y/N]:",
    "delete_done": "Deleting file {file}... Done.",
    "rollback_ask": "Current configuration will be lost, save current configuration? [Y/N]:",
    "rollback_done": "Now replacing the current configuration. Please wait ...\n"
    "Succeeded in replacing current configuration with the file.",
    "bad_regex": " % Invalid regular expression.",
    "password_ask": "Your password has expired or is the initial one. Change it now? [Y/N]:",
    "password_old": "Old password:",
    "password_new": "New password:",
    "password_again": "Confirm:",
    "password_done": "The password was changed.",
    "password_bad": "The password was not changed.",
    "risk_ask": "The configuration file has security risks. Save it again? [Y/N]:",
    "risk_done": "The configuration was saved successfully.",
    "login": "{stars}\n* {owner} *\n{stars}\n",
    "owner": "Simulated Comware device of the lab. Authorized staff only.",
    "screen_length": "",
    "same": "",
    "differ": "",
}
