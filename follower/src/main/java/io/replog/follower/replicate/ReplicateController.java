package io.replog.follower.replicate;

import io.replog.follower.core.FollowerNode;
import io.replog.follower.replicate.ReplicateBody.PlainMessage;
import io.replog.model.Envelope;
import io.replog.model.HeartbeatRequest;
import io.replog.model.ReplicateRequest;
import io.replog.model.Standing;
import io.replog.model.Utf8;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Sends;
import io.replog.node.http.DirectHandler;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.follower.FollowerInput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `POST /replicate` and `POST /heartbeat`. The call waits, on its virtual thread, until the core
/// answers: for a batch that is when it is durable here.
@RestController
final class ReplicateController implements DirectHandler {

  private static final String PATH = "/replicate";

  private final FollowerNode node;
  private final JsonMapper json;
  private final int maxTextBytes;
  private final InstantSource clock = InstantSource.system();

  ReplicateController(FollowerNode node, JsonMapper json, NodeSettings settings) {
    this.node = node;
    this.json = json;
    this.maxTextBytes = settings.maxMessageBytes();
  }

  @Override
  public String path() {
    return PATH;
  }

  /// Takes a batch of a master, or the plain form of a hand.
  ///
  /// `200` is an acknowledgement: everything up to `position` is durable and contiguous here. The
  /// plain form is taken only where no master has claimed this node.
  @Sends(form = ReplicateBody.class, example = "{\"data\":{\"text\":\"m1\",\"sequence_id\":1}}")
  @Gives(says = "Durable and contiguous up to position.", data = Standing.class)
  @Gives(status = 202, says = "Held ahead of a gap, not durable.", data = Standing.class)
  @Refuses(
      value = ProblemType.CONFLICT,
      says = "Nothing was appended; data.reason says why, data.standing where this node stands.")
  @Refuses({ProblemType.UNAVAILABLE, ProblemType.CONCERN_NOT_MET, ProblemType.NO_SPACE})
  @Override
  @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
  public void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    ReplicateBody body = body(request);
    PlainMessage plain = body.data();
    Envelope<Standing> answer =
        Answers.of(plain == null ? batch(body.fromMaster()) : message(plain));
    byte[] encoded = json.writeValueAsBytes(answer);
    response.setStatus(answer.statusCode());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(encoded.length);
    response.getOutputStream().write(encoded);
  }

  private ReplicateBody body(HttpServletRequest request) throws IOException {
    ReplicateBody body = json.readValue(request.getInputStream(), ReplicateBody.class);
    if (body == null) {
      throw Refusal.badRequest("the body is null: a JSON object is needed");
    }
    return body;
  }

  /// Takes a sign of life of a master, and says where this node stands.
  ///
  /// Answered at once, whatever else the node is doing.
  @Sends(
      form = HeartbeatRequest.class,
      example =
          "{\"cluster_id\":\"replog\",\"log_id\":null,\"epoch\":0,\"start_id\":\"none\","
              + "\"durable_index\":0,\"commit_index\":0,\"first_index\":0}")
  @Gives(says = "Where it stands.")
  @Refuses({ProblemType.CONFLICT, ProblemType.UNAVAILABLE, ProblemType.CONCERN_NOT_MET})
  @PostMapping(path = "/heartbeat", consumes = MediaType.APPLICATION_JSON_VALUE)
  Envelope<Standing> heartbeat(@RequestBody HeartbeatRequest request) throws InterruptedException {
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
