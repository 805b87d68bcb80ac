package io.replog.master.add;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.master.members.Members;
import io.replog.model.Envelope;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.replication.master.AddOutcome;
import io.replog.replication.master.AddOutcome.AddRefusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Says in the words of the contract how an add ended.
@Component
final class AddAnswers {

  private final byte[] added;
  private final Members members;

  AddAnswers(Members members, JsonMapper json) {
    this.added = json.writeValueAsBytes(Envelope.ok("Message added successfully", null));
    this.members = members;
  }

  /// What a machine may read of an add whose concern is not met.
  ///
  /// JSON: `{"index":7,"epoch":3,"acks":1,"write_concern":3,"reason":"PENDING"}`
  ///
  /// @param index where the message is, or may be
  /// @param epoch epoch of its append
  /// @param acks nodes that held it then, the master included
  /// @param writeConcern nodes that were asked for
  /// @param reason why the call was answered nevertheless
  @JsonPropertyOrder({"index", "epoch", "acks", "write_concern", "reason"})
  record Unmet(
      @JsonProperty("index") long index,
      @JsonProperty("epoch") long epoch,
      @JsonProperty("acks") int acks,
      @JsonProperty("write_concern") int writeConcern,
      @JsonProperty("reason") AddOutcome.UnmetReason reason) {}

  /// Why a master without a majority takes nothing; both numbers include the master.
  ///
  /// JSON: `{"reason":"NO_QUORUM","healthy":1,"required":2}`
  @JsonPropertyOrder({"reason", "healthy", "required"})
  record NoQuorum(
      @JsonProperty("reason") AddRefusal reason,
      @JsonProperty("healthy") int healthy,
      @JsonProperty("required") int required) {}

  /// Writes the answer.
  ///
  /// @throws Refusal if it is not a good one
  void write(AddOutcome outcome, HttpServletResponse response) throws IOException {
    added(require(outcome), response);
  }

  /// The outcome, which is a good one.
  ///
  /// @throws Refusal if it is not
  AddOutcome.Met require(AddOutcome outcome) {
    return switch (outcome) {
      case AddOutcome.Met met -> met;
      case AddOutcome.Unmet unmet -> throw unmet(unmet);
      case AddOutcome.Refused refused -> throw refused(refused);
    };
  }

  private void added(AddOutcome.Met met, HttpServletResponse response) throws IOException {
    describe(met, response);
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(added.length);
    response.getOutputStream().write(added);
  }

  /// Tells in headers where it stands and who holds it.
  void describe(AddOutcome.Met met, HttpServletResponse response) {
    response.setHeader("Location", "/messages/" + met.index());
    response.setHeader("Log-Index", Long.toString(met.index()));
    response.setHeader("Log-Epoch", Long.toString(met.epoch()));
    response.setHeader("Replication-Acks", Integer.toString(met.acks()));
    if (met.replayed()) {
      response.setHeader("Idempotent-Replay", "true");
    }
  }

  private Refusal unmet(AddOutcome.Unmet unmet) {
    Unmet data =
        new Unmet(
            unmet.index(), unmet.epoch(), unmet.acks(), unmet.requiredNodes(), unmet.reason());
    Refusal refusal =
        Refusal.of(ProblemType.CONCERN_NOT_MET, words(unmet), data)
            .withHeader("Location", "/messages/" + unmet.index())
            .withHeader("Log-Index", Long.toString(unmet.index()))
            .withHeader("Log-Epoch", Long.toString(unmet.epoch()))
            .withHeader("Replication-Acks", Integer.toString(unmet.acks()));
    return unmet.replayed() ? refusal.withHeader("Idempotent-Replay", "true") : refusal;
  }

  String words(AddOutcome.Unmet unmet) {
    return switch (unmet.reason()) {
      case PENDING ->
          "message %d stays in the log and goes on replicating: %d of %d nodes held it when the time was over, %d were asked for; wait on with GET /messages/%d?wait_acks=%d&wait_ms=5000"
              .formatted(
                  unmet.index(),
                  unmet.acks(),
                  members.clusterSize(),
                  unmet.requiredNodes(),
                  unmet.index(),
                  unmet.requiredNodes());
      case STOPPING ->
          "the node is stopping; message %d is, or may be, in the log and goes on replicating after the restart: ask with GET /messages/%d"
              .formatted(unmet.index(), unmet.index());
      case LOG_FAILED ->
          "the log of this node has failed; whether message %d is in it is unknown until the restart: ask with GET /messages/%d"
              .formatted(unmet.index(), unmet.index());
      case CORRUPT ->
          "a part of the log turned out to be damaged and is being filled in again; whether message %d stays is unknown until then: ask with GET /messages/%d"
              .formatted(unmet.index(), unmet.index());
      case MEMBER_LEFT ->
          "message %d stays in the log and %d nodes hold it: %d were asked for, and the cluster has %d since a node has left"
              .formatted(unmet.index(), unmet.acks(), unmet.requiredNodes(), members.clusterSize());
      case FENCED ->
          "another master has taken over; message %d is in the log of this node, and whether it stays is unknown"
              .formatted(unmet.index());
    };
  }

  /// Why nothing was appended.
  static Refusal refused(AddOutcome.Refused refused) {
    AddRefusal refusal = refused.refusal();
    String detail = refused.detail();
    return switch (refusal) {
      case KEY_REUSED -> Refusal.of(ProblemType.KEY_REUSED, detail, Map.of("reason", refusal));
      case FULL -> Refusal.of(ProblemType.NO_SPACE, detail, Map.of("reason", refusal));
      case MEMBER_LEFT,
          NO_QUORUM,
          STARTING,
          NO_LOG,
          FENCED,
          CORRUPT,
          OVERLOADED,
          STOPPING,
          LOG_FAILED ->
          Refusal.unavailable(detail, unavailable(refused), retryAfterSeconds(refusal));
    };
  }

  private static Object unavailable(AddOutcome.Refused refused) {
    AddOutcome.Shortage shortage = refused.shortage();
    return shortage == null
        ? Map.of("reason", refused.refusal())
        : new NoQuorum(refused.refusal(), shortage.reachable(), shortage.required());
  }

  /// When it is worth another try: soon if the state ends by itself, later if people must act.
  private static int retryAfterSeconds(AddRefusal refusal) {
    return switch (refusal) {
      case MEMBER_LEFT, STARTING, NO_QUORUM, OVERLOADED, FULL, KEY_REUSED -> 1;
      case NO_LOG, STOPPING, LOG_FAILED -> 5;
      case FENCED, CORRUPT -> 60;
    };
  }
}
