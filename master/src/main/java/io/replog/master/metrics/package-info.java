/// What Prometheus may ask of a master: gauges over the picture of the core, and how long followers
/// take. It reads pictures and events and changes nothing. Read
/// [io.replog.master.metrics.MasterGauges] first.
@NullMarked
package io.replog.master.metrics;

import org.jspecify.annotations.NullMarked;
