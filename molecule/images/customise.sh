#!/bin/sh
# Runs inside the new root file system, after debootstrap. Everything a lab host needs before its first boot.
set -eu

# Units that would touch the machine outside (kernel settings, modules, trim, consoles) or that need a network.
for unit in systemd-sysctl.service systemd-modules-load.service systemd-remount-fs.service systemd-random-seed.service \
    systemd-udevd.service systemd-udev-trigger.service systemd-timesyncd.service fstrim.timer e2scrub_all.timer e2scrub_reap.service \
    apt-daily.timer apt-daily-upgrade.timer getty@tty1.service console-getty.service dev-hugepages.mount \
    sys-kernel-debug.mount sys-kernel-tracing.mount sys-kernel-config.mount proc-sys-fs-binfmt_misc.automount; do
    ln -sf /dev/null "/etc/systemd/system/$unit"
done

# Host keys are made at the first boot: two containers of one image must not share an identity.
rm -f /etc/ssh/ssh_host_*
mkdir -p /etc/systemd/system/ssh.service.d
cat > /etc/systemd/system/ssh.service.d/lab.conf <<'UNIT'
[Service]
ExecStartPre=
ExecStartPre=/usr/bin/ssh-keygen -A
ExecStartPre=/usr/sbin/sshd -t
UNIT

# VERBOSE: one line per login and per exec request, which the tests count.
cat > /etc/ssh/sshd_config <<'CONF'
Include /etc/ssh/sshd_config.d/*.conf
LogLevel VERBOSE
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM yes
UseDNS no
X11Forwarding no
MaxStartups 200
Subsystem sftp /usr/lib/openssh/sftp-server
CONF

mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=persistent\nRateLimitIntervalSec=0\n' > /etc/systemd/journald.conf.d/lab.conf

# `inspector` reaches root by sudo with a password (set when a host starts); `visitor` has no way up.
for user in inspector visitor; do
    useradd --create-home --shell /bin/sh "$user"
done
printf 'inspector ALL=(ALL:ALL) ALL\n' > /etc/sudoers.d/inspector
chmod 0440 /etc/sudoers.d/inspector

for user in root inspector visitor; do
    home=$(getent passwd "$user" | cut -d: -f6)
    install -d -m 0700 -o "$user" -g "$user" "$home/.ssh"
done

# The image keeps neither the package mirror it was made from nor the builder's resolver and name.
: > /etc/apt/sources.list
rm -f /etc/apt/sources.list.d/* /var/cache/apt/archives/*.deb /var/cache/apt/*.bin /usr/sbin/policy-rc.d
rm -rf /var/lib/apt/lists/*
: > /etc/resolv.conf
: > /etc/machine-id
printf '127.0.0.1 localhost\n' > /etc/hosts
