/// Fixtures for tests of the master: a real node in this process, followers over WireMock that keep
/// a log in memory, and a client. They check nothing. Read [io.replog.master.kit.TestMaster] first.
@NullMarked
package io.replog.master.kit;

import org.jspecify.annotations.NullMarked;
