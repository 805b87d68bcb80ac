/// How settings are written: `.env` lines and durations, read by the nodes and by the runner with
/// the same result. It knows no setting by name and touches nothing outside the process. Read
/// [io.replog.model.settings.DotEnv] first.
@NullMarked
package io.replog.model.settings;

import org.jspecify.annotations.NullMarked;
