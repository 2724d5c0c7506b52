#!/bin/sh
# gateway-metrics.sh ADDRESS [FOLDER]: writes the gateway's own figures for node_exporter's textfile collector: packets by the
# flow or block that the rules counted them for, whether rules are loaded, and whether it holds the shared ADDRESS.
set -eu
address=$1 folder=${2:-/var/lib/prometheus/node-exporter}
new=$folder/postazioni.prom.new

# While rules are changed the table has another name for a moment (gateway-rules.sh).
counters() { nft list counters table inet postazioni 2>/dev/null || nft list counters table inet postazioni_next 2>/dev/null; }

# "counter flow-people-to-access {" and, in the line below, "packets 3 bytes 180".
samples() {
  awk '
    $1 == "counter" { name = $2; next }
    $1 == "packets" && name != "" {
      kind = name; sub(/-.*/, "", kind)
      id = name; sub(/^[a-z]+-?/, "", id)
      printf "postazioni_gateway_packets_total{kind=\"%s\",flow=\"%s\"} %s\n", kind, id, $2
      printf "postazioni_gateway_bytes_total{kind=\"%s\",flow=\"%s\"} %s\n", kind, id, $4
      name = ""
    }' | sort
}

loaded=1
found=$(counters) || loaded=0
master=0
if ip -oneline address show | grep -qF " $address/"; then master=1; fi
{
  echo '# TYPE postazioni_gateway_rules_loaded gauge'
  echo "postazioni_gateway_rules_loaded $loaded"
  echo '# TYPE postazioni_gateway_master gauge'
  echo "postazioni_gateway_master $master"
  printf '%s\n' "$found" | samples | awk '
    /^postazioni_gateway_bytes/ && !bytes { print "# TYPE postazioni_gateway_bytes_total counter"; bytes = 1 }
    /^postazioni_gateway_packets/ && !packets { print "# TYPE postazioni_gateway_packets_total counter"; packets = 1 }
    { print }'
} >"$new"
# node_exporter may read at any time: whole or not.
mv "$new" "$folder/postazioni.prom"
