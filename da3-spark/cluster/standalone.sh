#!/bin/bash
# Starts or stops a standalone cluster of one master and two workers on this machine, each a process of its own.
#
#   CLASSPATH=jars cluster/standalone.sh start DIRECTORY PORT   the address of the master is spark://127.0.0.1:PORT
#   cluster/standalone.sh stop DIRECTORY
#
# CLASSPATH contains Spark and its dependencies, as Maven resolves them. DIRECTORY receives the logs, the working
# directories of executors and, in *.pid, the processes. Each worker has one core and 1 GB.
set -euo pipefail
command=$1
directory=$2

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
export SPARK_HOME=$directory SPARK_LOCAL_IP=127.0.0.1 SPARK_SCALA_VERSION=2.13 SPARK_ENV_LOADED=1

launch() { # NAME CLASS ARGUMENTS...
  local name=$1
  shift
  "$java" -Xmx256m ${SPARK_DAEMON_JAVA_OPTS:-} -cp "$CLASSPATH" "$@" > "$directory/$name.log" 2>&1 &
  echo $! > "$directory/$name.pid"
}

case $command in
  start)
    mkdir -p "$directory/jars" "$directory/work" # executors look for jars in SPARK_HOME, although they need none of it
    port=$3
    launch master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
    until (: > "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do
      kill -0 "$(cat "$directory/master.pid")" || { cat "$directory/master.log" >&2; exit 1; }
      sleep 0.1
    done
    for worker in 1 2; do
      launch worker-$worker org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 \
        --memory 1g --work-dir "$directory/work" "spark://127.0.0.1:$port"
    done
    ;;
  stop)
    for pid in "$directory"/*.pid; do
      kill "$(cat "$pid")" 2> /dev/null || true
      rm -f "$pid"
    done
    ;;
  *)
    echo "the command must be start or stop, got $command" >&2
    exit 2
    ;;
esac
