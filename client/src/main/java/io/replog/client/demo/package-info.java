/// A guided tour: scenes that are announced, played on a throw-away cluster of their own, and
/// checked. It changes nothing that somebody else runs. Read [io.replog.client.demo.DemoCommand]
/// first, then [io.replog.client.demo.Scene].
@NullMarked
package io.replog.client.demo;

import org.jspecify.annotations.NullMarked;
