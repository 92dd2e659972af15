"""What Huawei devices say: errors, questions, confirmations. Wording varies between versions of the same family."""

from __future__ import annotations

from collections.abc import Mapping

from xunwei.lab.grammar import Fault

ERRORS = {
    Fault.UNRECOGNIZED: "Error: Unrecognized command found at '^' position.",
    Fault.INCOMPLETE: "Error: Incomplete command found at '^' position.",
    Fault.AMBIGUOUS: "Error: Ambiguous command found at '^' position.",
    Fault.TOO_MANY: "Error: Too many parameters found at '^' position.",
    Fault.WRONG: "Error: Wrong parameter found at '^' position.",
}

TEXTS: Mapping[str, str] = {
    "enter_system": "Enter system view, return user view with Ctrl+Z.",
    "denied": "Error: You do not have permission to run the command. No permission.",
    "choose": "Error: Please choose 'YES' or 'NO' first before pressing 'Enter'. [Y/N]:",
    "save_ask": "The current configuration will be written to the device.\nAre you sure to continue?[Y/N]",
    "save_ask_file": "Are you sure to save the configuration to {file}?[Y/N]",
    "save_overwrite": "{file} exists, overwrite?[Y/N]",
    "save_done": "Now saving the current configuration to the slot 0.\nSave the configuration successfully.",
    "save_done_file": "Now saving the current configuration to the slot 0.\nInfo: Save the configuration successfully.",
    "disk_full": "Now saving the current configuration to the slot 0.\n"
    "Error: The flash has not enough space. Failed to save the configuration.",
    "reboot_compare": "Info: The system is now comparing the configuration, please wait.",
    "reboot_unsaved": "Warning: All the configuration will be saved to the configuration file for the next "
    "startup:, Continue?[Y/N]:",
    "reboot_ask": "System will reboot! Continue?[Y/N]:",
    "reboot_fast": "System will reboot! Continue?[Y/N]:",
    "reboot_now": "Info: system is rebooting, please wait...",
    "reset_ask": "Warning: The action will delete the saved configuration in the device.\n"
    "The configuration will be erased to reconfigure. Continue? [Y/N]:",
    "reset_done": "Warning: Now clearing the configuration in the device.\n"
    "Info: Succeeded in clearing the configuration in the device.",
    "startup": "MainBoard:\n  Startup saved-configuration file:          {current}\n"
    "  Next startup saved-configuration file:     {next}",
    "startup_done": "Info: Succeeded in setting the configuration for booting system.",
    "no_file": "Error: The file does not exist.",
    "bad_file": "Error: Invalid file name; the name must end with {suffixes}.",
    "same": "The current configuration is the same as the next startup configuration file.",
    "differ": "Warning: The current configuration is not the same as the next startup configuration file. There may be "
    "several "
    "differences, and the following are some configurations beginning from the first:",
    "screen_length": "Info: The configuration takes effect on the current user terminal interface only.",
    "missing": "Error: The specified configuration does not exist.",
    "rule_missing": "Error: The rule does not exist.",
    "exists": "Error: The name already exists.",
    "no_config": "Info: The configuration file does not exist.",
    "delete_ask": "Delete {file}?[Y/N]:",
    "delete_done": "Info: Deleting file {file}...succeeded.",
    "rollback_ask": "Warning: The current configuration will be rolled back. Continue? [Y/N]:",
    "rollback_done": "Info: Succeeded in rolling back the configuration.",
    "bad_regex": "Error: Invalid regular expression.",
    "uncommitted": "Warning: Uncommitted configurations found. Are you sure to commit them before exiting? "
    "[Y(yes)/N(no)/C(cancel)]:",
    "no_candidate": "Info: No configuration in the candidate database.",
    "trial_on": "Warning: The trial configuration will be rolled back in {seconds} seconds if it is not "
    "committed again.",
    "no_trial": "Error: No trial configuration is in progress.",
    "password_ask": "Warning: The initial password poses security risks.\n"
    "The password needs to be changed. Change now? [Y/N]:",
    "password_old": "Please enter old password:",
    "password_new": "Please enter new password:",
    "password_again": "Please confirm new password:",
    "password_done": "Info: The password has been changed successfully.",
    "password_bad": "Error: The password is incorrect, or the new passwords do not match.",
    "risk_ask": "Warning: There are security risks in the configuration file. You are advised to save it "
    "again. Save now? [Y/N]:",
    "risk_done": "Info: The configuration was saved successfully.",
    "login": "Info: The max number of VTY users is {most}, and the number\n"
    "      of current VTY users on line is {count}.\n"
    "      The current login time is {time}.",
}
TEXTS8: Mapping[str, str] = {
    "save_ask": "Warning: The current configuration will be written to the device. Continue? [Y/N]:",
    "save_done": "Now saving the current configuration to the slot 1 .\nInfo: Save the configuration successfully.",
    "reboot_compare": "",
    "reboot_unsaved": "Warning: The current configuration will be saved to the next startup saved-configuration "
    "file. Continue? [Y/N]:",
    "reboot_ask": "Warning: The system will reboot. Continue? [Y/N]:",
    "reboot_fast": "Warning: The system will reboot. Continue? [Y/N]:",
    "reset_ask": "Warning: The action will delete the saved configuration on the device.\n"
    "The configuration will be erased to reconfigure. Continue? [Y/N]:",
}
