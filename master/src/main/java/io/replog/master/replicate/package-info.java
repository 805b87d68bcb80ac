/// Talks to followers: one ordered, windowed pipeline for entries, heartbeats beside it, pulls at a
/// start, a breaker around each transport. It decides nothing: what to send and what an answer
/// means is the core's business. Read [io.replog.master.replicate.FollowerLink] first.
@NullMarked
package io.replog.master.replicate;

import org.jspecify.annotations.NullMarked;
