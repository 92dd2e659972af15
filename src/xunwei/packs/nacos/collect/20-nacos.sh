# Nacos 1.4 and later on this host, over its open API by curl. Parameters: XW_NACOS_URL, XW_NACOS_USER, XW_NACOS_PASSWORD (go to curl on stdin, never
# as words), XW_NACOS_HOME, XW_NACOS_PROCESS, XW_NACOS_UNIT, XW_NACOS_NAMESPACES (ids divided by line breaks; the public one when not set).
nac_get() { # PATH: body, then a line `== http CODE`
  need curl
  nac_k=
  if [ -n "$nac_token" ]; then nac_k="header = \"accessToken: $nac_token\"$xw_nl"; fi
  printf '%surl = "%s%s"\n' "$nac_k" "$XW_NACOS_URL" "$1" |
    bounded 8 curl -sS -m 6 --noproxy '*' -w '\n== http %{http_code}\n' -K - 2>&1
}
nac_login() {
  nac_token=
  [ -n "$XW_NACOS_USER" ] || return 0
  need curl
  nac_p=$(printf '%s' "$XW_NACOS_PASSWORD" | sed 's/%/%25/g;s/&/%26/g;s/+/%2B/g;s/ /%20/g;s/#/%23/g;s/"/%22/g;s/\\/%5C/g;s/=/%3D/g')
  nac_o=$(printf 'url = "%s/v1/auth/login"\ndata = "username=%s&password=%s"\n' "$XW_NACOS_URL" "$XW_NACOS_USER" "$nac_p" |
    bounded 8 curl -sS -m 6 --noproxy '*' -K - 2>&1)
  nac_token=$(printf '%s' "$nac_o" | sed -n 's/.*"accessToken" *: *"\([^"]*\)".*/\1/p')
  [ -n "$nac_token" ] || { printf 'login refused\n'; exit 77; }
}
# nac_first PATH…: the answer of the first path that this release has.
nac_first() {
  for nac_u in "$@"; do
    nac_o=$(nac_get "$nac_u")
    case $nac_o in *'== http 404' | *'== http 410' | *'== http 501' | *'== http 405') continue ;; esac
    case $nac_o in
      *'== http 000') unsupported "nobody answers at $XW_NACOS_URL: ${nac_o%%"$xw_nl"*}" ;;
      *'== http 401' | *'== http 403') printf '%s\n' "${nac_u%%\?*}: HTTP ${nac_o##* }"; exit 77 ;;
    esac
    printf '%s\n' "$nac_o"
    return
  done
  unsupported "this release has none of: $*"
}

s_processes() {
  part clock
  mw_clock
  mw_processes nacos "$XW_NACOS_PROCESS"
  part end
}
s_listening() { mw_listening; }
s_unit() { mw_unit "$XW_NACOS_UNIT"; }
s_health() {
  nac_token=
  for nac_n in readiness liveness; do
    nac_o=$(nac_first "/v1/console/health/$nac_n" "/v2/console/health/$nac_n" "/v3/admin/core/state/$nac_n"); nac_code=$?
    [ "$nac_code" = 0 ] || { printf '%s\n' "$nac_o"; exit "$nac_code"; }
    part "probe $nac_n"
    keyval code "${nac_o##* }"
    keyval text "$(printf '%s' "${nac_o%%"$xw_nl"== http*}" | tr -d '\n' | cut -c1-200)"
  done
  part end
}
s_state() { nac_token=; nac_first /v1/console/server/state /v3/admin/core/state; }
s_cluster() { nac_login; nac_first /v1/core/cluster/nodes /v2/core/cluster/node/list /v3/admin/core/cluster/node/list; }
s_metrics() { nac_login; nac_first '/v1/ns/operator/metrics?onlyStatus=false' '/v2/ns/operator/metrics?onlyStatus=false' '/v3/admin/ns/ops/metrics?onlyStatus=false'; }
# Services by their catalogue: names and counts, no instance and no metadata.
s_services() {
  nac_login
  printf '%s\n' "${XW_NACOS_NAMESPACES:-public}" | sed '/^[[:space:]]*$/d' | while IFS= read -r nac_ns; do
    nac_i=$nac_ns; [ "$nac_ns" != public ] || nac_i=
    nac_o=$(nac_first "/v1/ns/catalog/services?hasIpCount=true&withInstances=false&pageNo=1&pageSize=500&serviceNameParam=&groupNameParam=&namespaceId=$nac_i"); nac_code=$?
    [ "$nac_code" = 0 ] || { printf '%s\n' "$nac_o"; exit "$nac_code"; }
    part "namespace $nac_ns"
    printf '%s\n' "$nac_o" | sed 's/^== http /http=/'
  done
  nac_code=$?
  [ "$nac_code" = 0 ] || exit "$nac_code"
  part end
}
# Whether an API that must be closed answers a stranger.
s_anonymous() {
  nac_token=
  part anonymous
  for nac_u in '/v1/auth/users?pageNo=1&pageSize=1' '/v1/cs/configs?search=accurate&dataId=&group=&pageNo=1&pageSize=1' '/v1/core/cluster/nodes'; do
    nac_o=$(nac_get "$nac_u")
    keyval "${nac_u%%\?*}" "${nac_o##* }"
  done
  part end
}
# Secrets are told apart from the published defaults here and do not leave.
s_configuration() {
  nac_f=$XW_NACOS_HOME/conf/application.properties
  [ -n "$XW_NACOS_HOME" ] || unsupported "home is not set"
  [ -e "$nac_f" ] || unsupported "no conf/application.properties"
  [ -r "$nac_f" ] || deny "conf/application.properties"
  part properties
  sed -n 's/^[[:space:]]*\([A-Za-z][A-Za-z0-9_.-]*\)[[:space:]]*=[[:space:]]*\(.*\)$/\1=\2/p' "$nac_f" | tr -d '\r' | awk '
    { k = $0; sub(/=.*/, "", k); v = substr($0, length(k) + 2) }
    k ~ /^nacos\.core\.auth\.(enabled|system\.type|caching\.enabled|enable\.userAgentAuthWhite)$/ || k ~ /^(spring\.(datasource|sql\.init)\.platform|db\.num|server\.port|nacos\.server\.main\.port|management\.endpoints\.web\.exposure\.include)$/ { print; next }
    k ~ /^nacos\.core\.auth\.(plugin\.nacos|default)\.token\.secret\.key$/ { print "signing=" (v == "" ? "unset" : v ~ /^(SecretKey0123456789|VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg=|U2VjcmV0S2V5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODk=)/ ? "default" : "own"); next }
    k ~ /^nacos\.core\.auth\.server\.identity\.(key|value)$/ { n = k; sub(/.*\./, "", n); print "identity_" n "=" (v == "" ? "unset" : v ~ /^(serverIdentity|security|nacosKey|nacosValue|example)$/ ? "default" : "own") }' | sort -u
  part end
}
s_heap() { mw_jstat "$XW_NACOS_PROCESS"; }
s_jvm() { mw_jvm "$XW_NACOS_PROCESS"; }
nac_logs() {
  [ -n "$XW_NACOS_HOME" ] || unsupported "home is not set"
  "$nac_do" "$XW_NACOS_HOME/logs/nacos.log" "$XW_NACOS_HOME/logs/naming-server.log" "$XW_NACOS_HOME/logs/config-server.log" \
    "$XW_NACOS_HOME/logs/alipay-jraft.log" "$XW_NACOS_HOME/logs/core-auth.log"
}
s_log_errors() { nac_do=mw_logs; nac_logs; }
s_log_files() { nac_do=mw_sizes; nac_logs; part end; }
s_files() {
  [ -n "$XW_NACOS_HOME" ] || unsupported "home is not set"
  mw_stat "$XW_NACOS_HOME/conf/application.properties" "$XW_NACOS_HOME/conf/cluster.conf" "$XW_NACOS_HOME/bin" "$XW_NACOS_HOME/data"
  part end
}
