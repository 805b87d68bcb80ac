package io.replog.follower.replicate;

import io.replog.follower.core.FollowerNode;
import io.replog.model.Envelope;
import io.replog.model.HeartbeatRequest;
import io.replog.model.Standing;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Sends;
import io.replog.node.feed.FedNodes;
import io.replog.node.http.DirectHandler;
import io.replog.node.problem.ProblemType;
import io.replog.node.settings.NodeSettings;
import io.replog.replication.follower.FollowerInput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /heartbeat`, twice a second.
@RestController
final class HeartbeatController implements DirectHandler {

  private static final String PATH = "/heartbeat";

  private final FollowerNode node;
  private final DirectBodies bodies;
  private final NodeSettings settings;
  private final FedNodes fed;
  private final MasterWord word;

  HeartbeatController(
      FollowerNode node,
      DirectBodies bodies,
      NodeSettings settings,
      FedNodes fed,
      MasterWord word) {
    this.node = node;
    this.bodies = bodies;
    this.settings = settings;
    this.fed = fed;
    this.word = word;
  }

  @Override
  public String path() {
    return PATH;
  }

  /// Takes a sign of life of a master, and says where this node stands.
  ///
  /// Answered at once, whatever else the node is doing. Word of the layer nodes below this node
  /// goes up with the answer.
  @Sends(
      form = HeartbeatRequest.class,
      example =
          "{\"cluster_id\":\"replog\",\"log_id\":null,\"epoch\":0,\"start_id\":\"none\","
              + "\"durable_index\":0,\"commit_index\":0,\"first_index\":0}")
  @Gives(says = "Where it stands.", data = Standing.class)
  @Refuses({ProblemType.CONFLICT, ProblemType.UNAVAILABLE, ProblemType.CONCERN_NOT_MET})
  @Override
  @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
  public void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    FedByUpstream.refuse(settings);
    HeartbeatRequest beat = checked(bodies.read(request, HeartbeatRequest.class));
    Envelope<Standing> answer =
        Answers.of(node.call(call -> new FollowerInput.Heartbeat(call, beat)));
    word.heard(beat.startId());
    bodies.write(withLayers(answer), response);
  }

  private Envelope<Standing> withLayers(Envelope<Standing> answer) {
    Standing standing = answer.data();
    return standing == null
        ? answer
        : new Envelope<>(answer.statusCode(), answer.message(), standing.feeding(fed.known()));
  }

  private static HeartbeatRequest checked(HeartbeatRequest beat) {
    ReplicateBody.required("cluster_id", beat.clusterId());
    ReplicateBody.required("start_id", beat.startId());
    ReplicateBody.atLeast("epoch", 0, beat.epoch());
    ReplicateBody.atLeast("durable_index", 0, beat.durableIndex());
    ReplicateBody.atLeast("commit_index", 0, beat.commitIndex());
    return beat;
  }
}
