package io.replog.follower.replicate;

import io.replog.follower.core.FollowerNode;
import io.replog.follower.replicate.ReplicateBody.PlainMessage;
import io.replog.model.Envelope;
import io.replog.model.HeartbeatRequest;
import io.replog.model.ReplicateRequest;
import io.replog.model.Standing;
import io.replog.model.Utf8;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.follower.FollowerInput;
import java.time.InstantSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `POST /replicate` and `POST /heartbeat`. The call waits, on its virtual thread, until the core
/// answers: for a batch that is when it is durable here.
@RestController
final class ReplicateController {

  private final FollowerNode node;
  private final int maxTextBytes;
  private final InstantSource clock = InstantSource.system();

  ReplicateController(FollowerNode node, NodeSettings settings) {
    this.node = node;
    this.maxTextBytes = settings.maxMessageBytes();
  }

  @PostMapping(path = "/replicate", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Envelope<Standing>> replicate(@RequestBody ReplicateBody body)
      throws InterruptedException {
    PlainMessage plain = body.data();
    return Answers.of(plain == null ? batch(body.fromMaster()) : message(plain));
  }

  @PostMapping(path = "/heartbeat", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Envelope<Standing>> heartbeat(@RequestBody HeartbeatRequest request)
      throws InterruptedException {
    ReplicateBody.required("cluster_id", request.clusterId());
    ReplicateBody.required("start_id", request.startId());
    ReplicateBody.atLeast("epoch", 0, request.epoch());
    ReplicateBody.atLeast("durable_index", 0, request.durableIndex());
    ReplicateBody.atLeast("commit_index", 0, request.commitIndex());
    return Answers.of(node.call(call -> new FollowerInput.Heartbeat(call, request)));
  }

  private FollowerAnswer batch(ReplicateRequest request) throws InterruptedException {
    return node.call(call -> new FollowerInput.Replicate(call, request));
  }

  private FollowerAnswer message(PlainMessage plain) throws InterruptedException {
    String text = ReplicateBody.required("data.text", plain.text());
    Long given = ReplicateBody.required("data.sequence_id", plain.sequenceId());
    long index = ReplicateBody.atLeast("data.sequence_id", 1, given);
    if (Utf8.length(text) > maxTextBytes) {
      throw Refusal.of(
          ProblemType.TOO_LARGE,
          "data.text is above MAX_MESSAGE_SIZE, %d bytes".formatted(maxTextBytes));
    }
    long now = clock.millis();
    return node.call(call -> new FollowerInput.Plain(call, text, index, now));
  }
}
