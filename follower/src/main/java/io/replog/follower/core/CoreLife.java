package io.replog.follower.core;

import io.replog.node.loop.CoreLoop;
import io.replog.replication.follower.FollowerEffect;
import io.replog.replication.follower.FollowerInput;
import io.replog.replication.follower.FollowerView;

/// A core and the thread that owns it, from one opening of the log to the next.
record CoreLife(
    FollowerMachine machine, CoreLoop<FollowerInput, FollowerEffect, FollowerView> loop) {}
