package io.replog.node.messages;

import io.replog.model.FeedRequest;
import io.replog.model.HeartbeatRequest;
import io.replog.model.Membership;
import io.replog.model.ReplicateRequest;
import io.replog.model.Standing;
import io.replog.model.settings.BadLineException;
import io.replog.model.settings.DotEnv;
import io.replog.node.json.StrictJson;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.BadSettingException;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.table.BadNotationException;
import io.replog.table.Table;
import io.replog.table.TableCodec;
import io.replog.table.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What must hold for anything that a stranger writes into a request or an operator into `.env`: it
/// is read, or refused as the caller's mistake, and never anything else.
///
/// Public and static for fuzzers, which call them by name; see `.ci/fuzz`.
public final class InputTargets {

  private static final JsonMapper JSON = StrictJson.mapper(1 << 20);
  private static final List<Class<?>> WIRE =
      List.of(ReplicateRequest.class, HeartbeatRequest.class, FeedRequest.class, Standing.class);
  private static final Set<ProblemType> CALLERS_MISTAKES =
      Set.of(ProblemType.BAD_REQUEST, ProblemType.NOT_ACCEPTABLE);

  private InputTargets() {}

  /// What Jazzer calls: the target that `-Dfuzz.target` names.
  public static void fuzzerTestOneInput(byte[] input) {
    switch (System.getProperty("fuzz.target", "")) {
      case "json" -> json(input);
      case "query" -> query(input);
      case "settings" -> settings(input);
      case "transaction" -> transaction(input);
      case "membership" -> membership(input);
      case "table" -> table(input);
      default -> throw new IllegalArgumentException("fuzz.target names no target");
    }
  }

  /// A body between nodes: what is read can be written and read again.
  public static void json(byte[] input) {
    for (Class<?> type : WIRE) {
      Object value;
      try {
        value = JSON.readValue(input, type);
      } catch (JacksonException _) {
        continue;
      } catch (Refusal refusal) {
        require(CALLERS_MISTAKES.contains(refusal.type()), "it is the caller's mistake");
        continue;
      }
      Object again = JSON.readValue(JSON.writeValueAsBytes(value), type);
      require(value == null ? again == null : value.equals(again), "what is read can be written");
    }
  }

  /// A query string and the headers of a read, one a line.
  public static void query(byte[] input) {
    String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 3);
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/messages");
    for (String parameter : lines[0].split("&")) {
      String[] pair = parameter.split("=", 2);
      request.addParameter(pair[0], pair.length > 1 ? pair[1] : "");
    }
    if (lines.length > 1) {
      request.addHeader("Last-Event-ID", lines[1]);
    }
    try {
      Representation.choose(lines.length > 2 ? lines[2] : null);
      ReadQuery query = ReadQuery.of(request, 1);
      require(query.first() >= 1 && query.limit() >= 1, "a page begins somewhere and has room");
      require(query.last(10) <= 10, "no page goes beyond what is shown");
      require(query.patience().toSeconds() <= 60, "no read waits for longer than a minute");
    } catch (Refusal refusal) {
      require(CALLERS_MISTAKES.contains(refusal.type()), "it is the caller's mistake");
      require(refusal.getMessage().indexOf('\n') < 0, "and is explained in one line");
    }
  }

  /// A `.env` file, read as the settings of each role.
  public static void settings(byte[] input) {
    Map<String, String> values;
    try {
      values = DotEnv.parse(new String(input, StandardCharsets.UTF_8), ".env", Map.of());
    } catch (BadLineException bad) {
      require(bad.getMessage().indexOf('\n') < 0, "a bad line is named in one line");
      return;
    }
    for (Role role : Role.values()) {
      try {
        NodeSettings read = SettingsReader.read(role, new HashMap<>(values));
        require(read.maxMessageBytes() >= 1 && read.maxBlockedWrites() >= 1, "limits are limits");
      } catch (BadSettingException bad) {
        require(bad.getMessage().indexOf('\n') < 0, "a bad value is named in one line");
      }
    }
  }

  /// The notation of a transaction: what is read is written in one way, which reads as the same.
  public static void transaction(byte[] input) {
    Transaction read;
    try {
      read = Transaction.parse(new String(input, StandardCharsets.UTF_8));
    } catch (BadNotationException _) {
      return;
    }
    require(Transaction.parse(read.notation()).equals(read), "what is read can be written");
    if (!read.isReadOnly()) {
      Table table = new Table();
      table.apply(1, read);
      byte[] bytes = TableCodec.encode(table);
      require(
          Arrays.equals(TableCodec.encode(TableCodec.decode(bytes)), bytes),
          "a table is kept as it is");
    }
  }

  /// The text of an entry that says who the members are.
  public static void membership(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Membership read;
    try {
      read = Membership.of(text);
    } catch (IllegalArgumentException _) {
      return;
    }
    require(read.text().equals(text), "members that are accepted were written so");
  }

  /// A table from a file whose checksum is right: no exception but the one that says so, and no
  /// more memory than there are bytes, whatever lengths it claims.
  public static void table(byte[] input) {
    try {
      Table read = TableCodec.decode(input);
      require(read.size() <= input.length, "each row has bytes of its own");
    } catch (IllegalArgumentException _) {
      return;
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("broken: " + what);
    }
  }
}
