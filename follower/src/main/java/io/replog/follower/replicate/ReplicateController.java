package io.replog.follower.replicate;

import io.replog.follower.core.FollowerNode;
import io.replog.follower.replicate.ReplicateBody.PlainMessage;
import io.replog.model.Envelope;
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
import io.replog.replication.follower.FollowerInput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /replicate`. The call waits, on its virtual thread, until the core answers: for a batch
/// that is when it is durable here.
@RestController
final class ReplicateController implements DirectHandler {

  private static final String PATH = "/replicate";

  private final FollowerNode node;
  private final DirectBodies bodies;
  private final NodeSettings settings;
  private final MasterWord word;
  private final InstantSource clock = InstantSource.system();

  ReplicateController(
      FollowerNode node, DirectBodies bodies, NodeSettings settings, MasterWord word) {
    this.node = node;
    this.bodies = bodies;
    this.settings = settings;
    this.word = word;
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
    FedByUpstream.refuse(settings);
    ReplicateBody body = bodies.read(request, ReplicateBody.class);
    PlainMessage plain = body.data();
    bodies.write(plain == null ? batch(body.fromMaster()) : message(plain), response);
  }

  private Envelope<Standing> batch(ReplicateRequest request) throws InterruptedException {
    Envelope<Standing> answer =
        Answers.of(node.call(call -> new FollowerInput.Replicate(call, request)));
    word.obeyed(request.startId());
    return answer;
  }

  private Envelope<Standing> message(PlainMessage plain) throws InterruptedException {
    String text = ReplicateBody.required("data.text", plain.text());
    Long given = ReplicateBody.required("data.sequence_id", plain.sequenceId());
    long index = ReplicateBody.atLeast("data.sequence_id", 1, given);
    if (Utf8.length(text) > settings.maxMessageBytes()) {
      throw Refusal.of(
          ProblemType.TOO_LARGE,
          "data.text is above MAX_MESSAGE_SIZE, %d bytes".formatted(settings.maxMessageBytes()));
    }
    long now = clock.millis();
    return Answers.of(node.call(call -> new FollowerInput.Plain(call, text, index, now)));
  }
}
