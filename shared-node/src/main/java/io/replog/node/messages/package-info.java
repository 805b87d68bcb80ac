/// Reading messages: the plain list, full records, newline-delimited JSON and the live tail. It
/// never writes. Read [io.replog.node.messages.MessagesController] first.
@NullMarked
package io.replog.node.messages;

import org.jspecify.annotations.NullMarked;
