package io.replog.master.add;

import io.replog.master.add.BulkOutcome.Stopped;
import io.replog.node.problem.Refusal;
import io.replog.node.security.Identity;
import io.replog.node.security.ScopedKey;
import io.replog.replication.master.MasterInput.Message;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The messages of a body, up to its end or to the first line that is none.
final class BulkSource {

  private final BodyLines lines;
  private final MessageParser parser;
  private final Identity sender;
  private @Nullable Stopped failure;

  /// @param sender whose keys they are
  BulkSource(BodyLines lines, MessageParser parser, Identity sender) {
    this.lines = lines;
    this.parser = parser;
    this.sender = sender;
  }

  /// Reads one message into the chunk; waits for it.
  ///
  /// @return false at the end of the body, or where it cannot be read on, see [#failure]
  boolean addNextTo(BulkChunk chunk) {
    try {
      if (!lines.advance()) {
        return false;
      }
      Message message = parser.parse(lines.buffer(), lines.start(), lines.end());
      chunk.add(scoped(message), lines.number());
      return true;
    } catch (Refusal badLine) {
      failure = new Stopped(lines.number(), "BAD_LINE", badLine);
    } catch (IOException unreadable) {
      Refusal why = refusalIn(unreadable);
      failure = new Stopped(lines.number(), why.type().name(), why);
    }
    return false;
  }

  /// Whether the next message can be had without waiting.
  boolean isNextHere() {
    return lines.isNextHere();
  }

  /// Why the body was not read to its end; null while it was not given up.
  @Nullable Stopped failure() {
    return failure;
  }

  /// The first line that was not looked at.
  long nextLine() {
    return lines.number() + 1;
  }

  private Message scoped(Message message) {
    return message.key() == null
        ? message
        : new Message(ScopedKey.of(sender, message.key()), message.text());
  }

  private static Refusal refusalIn(IOException unreadable) {
    return unreadable.getCause() instanceof Refusal why
        ? why
        : Refusal.badRequest("the body ended, or became unreadable, before it was whole");
  }
}
