#!/bin/bash
# usage: scripts/dovecot.sh DIR [PREFIX]
# A private Dovecot in the foreground, on loopback, whose every file lies under DIR. Any user, password "secret".
# Ports: PREFIX+143 imap, 993 imaps, 110 pop3, 995 pop3s, 587 submission, 024 lmtp; relays submitted mail to PREFIX+025.
# Each port can be given alone (IMAP_PORT …; 0 = do not listen), so can TLS (yes, required, no), CERT, KEY, MAIL_PLUGINS and EXTRA_CONFIG.
set -eu
dir=$(realpath -m "${1:?folder}")
prefix=${2:-24}
export PATH="$PATH:/usr/sbin:/sbin"

# Sockets and a pid left behind by a run that was killed make Dovecot refuse to start.
rm -rf "$dir/run"
mkdir -p "$dir"/{run,state,mail,conf}
chmod 755 "$dir" "$dir"/{run,state,conf}

if [ "$(id -u)" = 0 ]; then
  # The mail belongs to nobody who exists: Dovecot refuses to read mail as root.
  mail_uid=5000 mail_gid=5000 owner=
  chown 5000:5000 "$dir/mail"
else
  mail_uid=$(id -u) mail_gid=$(id -g)
  owner="
default_internal_user = $(id -un)
default_internal_group = $(id -gn)
default_login_user = $(id -un)
service anvil {
  chroot =
}
service imap-login {
  chroot =
}
service pop3-login {
  chroot =
}
service submission-login {
  chroot =
}"
fi

tls=${TLS:-yes}
cert=${CERT:-$dir/conf/cert.pem}
key=${KEY:-$dir/conf/key.pem}
if [ "$tls" != no ] && [ ! -f "$cert" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj /CN=localhost \
    -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout "$key" -out "$cert" 2>/dev/null
fi
certificate=
[ "$tls" = no ] || certificate="
ssl_cert = <$cert
ssl_key = <$key"
# A listener that speaks TLS from the first byte cannot be had without a certificate.
imaps_port=${IMAPS_PORT:-${prefix}993}
pop3s_port=${POP3S_PORT:-${prefix}995}
[ "$tls" = no ] && imaps_port=0 pop3s_port=0

cat > "$dir/conf/dovecot.conf" <<C
base_dir = $dir/run
state_dir = $dir/state
log_path = $dir/log
# The index of a million letters does not fit into the usual 256 MB.
default_vsz_limit = 2 G
listen = 127.0.0.1
protocols = imap pop3 lmtp submission
instance_name = mailroom
hostname = localhost
postmaster_address = postmaster@localhost
auth_mechanisms = plain login
# A wrong password is answered at once; else each costs a test 2 to 6 seconds (see also the anvil service).
auth_failure_delay = 0
auth_username_format = %Ln
disable_plaintext_auth = no
ssl = $tls
ssl_dh =
$certificate
first_valid_uid = 1
mail_uid = $mail_uid
mail_gid = $mail_gid
mail_home = $dir/mail/%Ln
mail_location = maildir:~/Maildir
mail_plugins = acl ${MAIL_PLUGINS:-}
mail_max_userip_connections = 100
lmtp_save_to_detail_mailbox = no
submission_relay_host = 127.0.0.1
submission_relay_port = ${RELAY_PORT:-${prefix}025}
submission_relay_ssl = no
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=$mail_uid gid=$mail_gid home=$dir/mail/%Ln allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Drafts {
    special_use = \\Drafts
    auto = subscribe
  }
  mailbox Sent {
    special_use = \\Sent
    auto = subscribe
  }
  mailbox Trash {
    special_use = \\Trash
    auto = subscribe
  }
  mailbox Junk {
    special_use = \\Junk
    auto = subscribe
  }
  mailbox Archive {
    special_use = \\Archive
    auto = subscribe
  }
}
namespace shared {
  type = shared
  separator = /
  prefix = shared/%%u/
  location = maildir:%%h/Maildir:INDEXPVT=~/shared/%%u
  subscriptions = no
  list = children
}
plugin {
  acl = vfile
  acl_shared_dict = file:$dir/mail/shared-mailboxes.db
}
protocol imap {
  mail_plugins = acl imap_acl ${MAIL_PLUGINS:-}
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  inet_listener imap {
    port = ${IMAP_PORT:-${prefix}143}
  }
  inet_listener imaps {
    port = $imaps_port
    ssl = yes
  }
}
service pop3-login {
  inet_listener pop3 {
    port = ${POP3_PORT:-${prefix}110}
  }
  inet_listener pop3s {
    port = $pop3s_port
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${LMTP_PORT:-${prefix}024}
  }
}
service submission-login {
  inet_listener submission {
    port = ${SUBMISSION_PORT:-${prefix}587}
  }
  inet_listener submissions {
    port = 0
  }
}
$owner
${EXTRA_CONFIG:-}
C

# Ends with whoever started it, even if that was killed.
exec setpriv --pdeathsig TERM dovecot -F -c "$dir/conf/dovecot.conf"
