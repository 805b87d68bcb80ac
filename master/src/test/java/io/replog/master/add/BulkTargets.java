package io.replog.master.add;

import io.replog.master.members.Members;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.replication.master.MasterInput.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold for anything that a stranger sends as the body of a bulk add: each line is read,
/// the same in the quick way and in the strict one, or refused as the caller's mistake.
///
/// Public and static for fuzzers, which call it by name; see `.ci/fuzz`.
public final class BulkTargets {

  static final int MAX_MESSAGE_BYTES = 100;

  private static final int MAX_LINE_BYTES = 1_000;
  private static final Set<ProblemType> CALLERS_MISTAKES =
      Set.of(ProblemType.BAD_REQUEST, ProblemType.TOO_LARGE);
  private static final MessageParser PARSER = parser();

  private BulkTargets() {}

  /// What Jazzer calls.
  public static void fuzzerTestOneInput(byte[] input) {
    bulk(input);
  }

  /// A body, well-formed UTF-8 as every body is by then, in pieces of a few bytes.
  public static void bulk(byte[] input) {
    byte[] body = new String(input, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    BodyLines lines = new BodyLines(new Pieces(body, 1 + input.length % 9), MAX_LINE_BYTES);
    try {
      for (long number = 0; lines.advance(); number = lines.number()) {
        require(lines.number() > number, "lines are numbered in their order");
        line(lines.buffer(), lines.start(), lines.end());
      }
    } catch (Refusal refusal) {
      requireCallersMistake(refusal);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// One line.
  ///
  /// @return the message, null when it was refused
  static @Nullable Message line(byte[] bytes, int start, int end) {
    Message quick = PARSER.plain(bytes, start, end);
    Message strict = strict(bytes, start, end);
    require(quick == null || quick.equals(strict), "both ways read the same");
    return strict;
  }

  static MessageParser parser() {
    NodeSettings settings =
        SettingsReader.read(
            Role.MASTER,
            Map.of(
                "FOLLOWERS", "follower-1=http://a:1", "MAX_MESSAGE_SIZE", "" + MAX_MESSAGE_BYTES));
    return new MessageParser(
        new AddRequestReader(settings, new Members(settings)), new AddBody(settings), settings);
  }

  private static @Nullable Message strict(byte[] bytes, int start, int end) {
    try {
      return PARSER.strict(bytes, start, end);
    } catch (Refusal refusal) {
      requireCallersMistake(refusal);
      return null;
    }
  }

  private static void requireCallersMistake(Refusal refusal) {
    require(CALLERS_MISTAKES.contains(refusal.type()), "it is the caller's mistake");
    require(refusal.message().indexOf('\n') < 0, "and is explained in one line");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("broken: " + what);
    }
  }

  private static final class Pieces extends ByteArrayInputStream {

    private final int most;

    Pieces(byte[] bytes, int most) {
      super(bytes);
      this.most = most;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, most));
    }
  }
}
