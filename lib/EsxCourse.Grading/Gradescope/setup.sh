#!/bin/sh
# Gradescope runs this once, as root and with a network, when it builds the image: what the grader is made of is installed and locked away.
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends bubblewrap util-linux coreutils libstdc++6 zlib1g openssl

# .NET is no secret: every account may read it, so that a submission's own account can run on it.
source=/autograder/source
if [ -d "$source/dotnet" ]; then
    rm -rf /opt/esxcourse
    mkdir -p /opt/esxcourse
    mv "$source/dotnet" /opt/esxcourse/dotnet
fi
chown -R root:root /opt/esxcourse
chmod -R u=rwX,go=rX /opt/esxcourse
chmod 0755 /opt/esxcourse/dotnet/dotnet

# The rest is: checks, answers and the secret from which hidden inputs are drawn.
chown -R root:root "$source"
chmod -R u=rwX,go= "$source"
chmod 0700 "$source/setup.sh" "$source/run_autograder"
