/// Faults that people inject at run time, where `FAULTS=on` allows it. They stand between the web
/// server and the controllers: nothing behind them knows of them but the artificial delay, which
/// keeps the order. Read [io.replog.follower.faults.FaultFilter] first.
@NullMarked
package io.replog.follower.faults;

import org.jspecify.annotations.NullMarked;
