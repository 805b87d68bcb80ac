package io.replog.master.add;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.master.add.BulkOutcome.Stopped;
import io.replog.model.Envelope;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.replication.master.AddOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Says in the words of the contract how a bulk add ended. Where nothing is in the log it is a
/// definite refusal like that of a single add. Where something is and not all of it is well, it is
/// a `504`: no status that promises that nothing was appended, and none that looks like success.
@Component
final class BulkAnswers {

  private final AddAnswers single;
  private final JsonMapper json;

  BulkAnswers(AddAnswers single, JsonMapper json) {
    this.single = single;
    this.json = json;
  }

  /// What a machine may read of a bulk add.
  ///
  /// JSON: `{"first_index":1,"last_index":3,"count":3,"replayed":0,"epoch":1,"acks":2,
  /// "write_concern":2}`, and where it did not end well `"reason":"BAD_LINE","line":4` behind.
  ///
  /// @param firstIndex lowest index of its messages; between the first and the last there may be
  ///   messages of others
  /// @param lastIndex highest index of its messages
  /// @param count how many they are
  /// @param replayed how many of them were in the log before, by their key
  /// @param epoch epoch of the last one
  /// @param acks nodes that hold all of them, the master included
  /// @param writeConcern nodes that were asked for
  /// @param reason why it did not end well
  /// @param line first line that is not in the log; null when all are
  @JsonPropertyOrder({
    "first_index",
    "last_index",
    "count",
    "replayed",
    "epoch",
    "acks",
    "write_concern",
    "reason",
    "line"
  })
  record Came(
      @JsonProperty("first_index") long firstIndex,
      @JsonProperty("last_index") long lastIndex,
      @JsonProperty("count") long count,
      @JsonProperty("replayed") long replayed,
      @JsonProperty("epoch") long epoch,
      @JsonProperty("acks") int acks,
      @JsonProperty("write_concern") int writeConcern,
      @JsonProperty("reason") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
      @JsonProperty("line") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long line) {}

  /// The answer.
  ///
  /// @throws Refusal if it is not a good one
  ResponseEntity<byte[]> answer(BulkRequest wanted, BulkOutcome outcome) {
    AddOutcome held = outcome.held();
    if (held == null) {
      throw nothingTaken(outcome.stopped());
    }
    Came came = came(wanted, outcome, held);
    if (came.reason() != null) {
      throw incomplete(outcome, came);
    }
    return ResponseEntity.ok()
        .header("Log-Index", Long.toString(came.lastIndex()))
        .header("Log-Epoch", Long.toString(came.epoch()))
        .header("Replication-Acks", Integer.toString(came.acks()))
        .contentType(MediaType.APPLICATION_JSON)
        .body(json.writeValueAsBytes(Envelope.ok("Messages added successfully", came)));
  }

  private static Refusal nothingTaken(@Nullable Stopped stopped) {
    if (stopped == null) {
      return Refusal.badRequest("the body has no line with a message");
    }
    Refusal why = stopped.why();
    Refusal named =
        Refusal.of(
            why.type(),
            "line %d: %s; nothing was appended".formatted(stopped.line(), why.message()),
            withLine(why.data(), stopped));
    for (Map.Entry<String, String> header : why.headers().entrySet()) {
      named = named.withHeader(header.getKey(), header.getValue());
    }
    return named;
  }

  /// What a single add would have been told, and the line.
  private static Object withLine(@Nullable Object data, Stopped stopped) {
    if (data instanceof AddAnswers.NoQuorum) {
      return data;
    }
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("reason", stopped.reason());
    named.put("line", stopped.line());
    return named;
  }

  private static Came came(BulkRequest wanted, BulkOutcome outcome, AddOutcome held) {
    Stopped stopped = outcome.stopped();
    AddOutcome.Unmet unmet = outcome.unmet();
    return new Came(
        outcome.firstIndex(),
        outcome.lastIndex(),
        outcome.count(),
        outcome.replayed(),
        epochOf(held),
        acksOf(held),
        wanted.requiredNodes(),
        unmet != null ? unmet.reason().name() : stopped == null ? null : stopped.reason(),
        stopped == null ? null : stopped.line());
  }

  private Refusal incomplete(BulkOutcome outcome, Came came) {
    AddOutcome.Unmet unmet = outcome.unmet();
    Stopped stopped = outcome.stopped();
    String indexes =
        "%d messages are, or may be, in the log as #%d to #%d"
            .formatted(came.count(), came.firstIndex(), came.lastIndex());
    String why =
        stopped == null
            ? ""
            : "; line %d and those behind it are not: %s"
                .formatted(stopped.line(), stopped.why().message());
    String concern = unmet == null ? "" : "; " + single.words(unmet);
    return Refusal.of(
            stopped == null ? ProblemType.CONCERN_NOT_MET : ProblemType.INCOMPLETE,
            indexes + why + concern,
            came)
        .withHeader("Log-Index", Long.toString(came.lastIndex()))
        .withHeader("Log-Epoch", Long.toString(came.epoch()))
        .withHeader("Replication-Acks", Integer.toString(came.acks()));
  }

  private static long epochOf(AddOutcome held) {
    return switch (held) {
      case AddOutcome.Met met -> met.epoch();
      case AddOutcome.Unmet unmet -> unmet.epoch();
      case AddOutcome.Refused _ -> 0;
    };
  }

  private static int acksOf(AddOutcome held) {
    return switch (held) {
      case AddOutcome.Met met -> met.acks();
      case AddOutcome.Unmet unmet -> unmet.acks();
      case AddOutcome.Refused _ -> 0;
    };
  }
}
