package io.replog.follower.replicate;

import io.replog.follower.core.FollowerNode;
import io.replog.model.Envelope;
import io.replog.model.ReplicateRequest;
import io.replog.node.loop.PendingCalls;
import io.replog.node.problem.Refusal;
import io.replog.node.problem.RefusalOf;
import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.follower.FollowerInput;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Batches of a master that come otherwise than over HTTP, in the same form, to the same core.
@Component
public final class MasterBatches {

  private final FollowerNode node;
  private final MasterWord word;
  private final JsonMapper json;

  MasterBatches(FollowerNode node, MasterWord word, JsonMapper json) {
    this.node = node;
    this.word = word;
    this.json = json;
  }

  /// Gives a batch to the core, behind all that were given before. Does not wait.
  ///
  /// @param body what the body of `POST /replicate` would be
  /// @throws Refusal 400 if it is no batch, 503 if the core has too much to do: nothing has
  ///   happened
  public PendingCalls.Call<FollowerAnswer> begin(byte[] body) {
    ReplicateRequest request = read(body);
    return node.begin(call -> new FollowerInput.Replicate(call, request));
  }

  /// Waits for the answer.
  ///
  /// @throws Refusal 504 if it does not come in time: the batch may be in the log
  public FollowerAnswer await(PendingCalls.Call<FollowerAnswer> call) throws InterruptedException {
    return node.await(call);
  }

  /// What the body of the answer over HTTP would be.
  ///
  /// @throws Refusal the same where that would be a problem
  public Envelope<?> envelope(FollowerAnswer answer) {
    return Answers.of(answer);
  }

  /// The life of the master whose batches may come: it speaks over HTTP too, and is obeyed there.
  /// Null if there is none now.
  public @Nullable String obeyed() {
    return word.startId();
  }

  private ReplicateRequest read(byte[] body) {
    try {
      ReplicateBody read = json.readValue(body, ReplicateBody.class);
      if (read == null) {
        throw Refusal.badRequest("the body is null: a JSON object is needed");
      }
      return read.fromMaster();
    } catch (JacksonException malformed) {
      throw Refusal.badRequest("the body is no batch: " + RefusalOf.exception(malformed).message());
    }
  }
}
