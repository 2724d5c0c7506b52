import { FILES } from "../../remote-desktop/render/paths";

/** vCenter's part of guestinfo: a file for each key. */
export const VMTOOLSD = `case $2 in
  'info-get '*) cat "$GUESTINFO/\${2#info-get }" 2>/dev/null ;;
  'info-set '*) rest=\${2#info-set }; printf '%s' "\${rest#* }" >"$GUESTINFO/.new" && mv "$GUESTINFO/.new" "$GUESTINFO/\${rest%% *}" ;;
esac`;
/** systemd's part, as Debian's unit of HAProxy has it. */
export const SYSTEMCTL = `pid=$(cat /run/haproxy.pid 2>/dev/null)
case $* in
  'reload-or-restart haproxy.service')
    if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then kill -USR2 "$pid"
    else setsid haproxy -W -f ${FILES.config} -p /run/haproxy.pid -S ${FILES.master} >>"$GUESTINFO/.haproxy" 2>&1 </dev/null & sleep 1; fi ;;
  'is-active --quiet haproxy.service') [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null ;;
  'is-active --quiet keepalived.service') kill -0 "$(cat /run/keepalived.pid 2>/dev/null)" 2>/dev/null ;;
esac`;
