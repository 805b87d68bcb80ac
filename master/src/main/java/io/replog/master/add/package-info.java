/// `POST /add`: reads a request strictly, hands it to the core, waits on a virtual thread, and puts
/// the outcome into the words of the contract. It decides neither order nor concern. Read
/// [io.replog.master.add.AddController] first.
@NullMarked
package io.replog.master.add;

import org.jspecify.annotations.NullMarked;
