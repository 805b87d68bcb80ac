package io.replog.master.watch;

import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Takes;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /cluster/events`: a stream of server-sent events, see [FrameStream].
@RestController
final class EventsController {

  private final Watchers watchers;

  /// Tells frames of this process from those of others.
  private final String startId = UUID.randomUUID().toString().substring(0, 8);

  EventsController(Watchers watchers) {
    this.watchers = watchers;
  }

  /// What happens in the cluster, as it happens.
  ///
  /// A stream that never ends by itself: an event `frame` is a picture of the cluster and of what
  /// has happened since the one before, at most five a second; an event `lost` says how many were
  /// missed, null where the node was started anew.
  @GetMapping("/cluster/events")
  @Takes(
      name = "Last-Event-ID",
      in = Takes.Place.HEADER,
      says = "Id of the last frame that the reader has; what is still known is sent from there.")
  @Gives(says = "The stream.", type = "text/event-stream", body = Frame.class)
  @Refuses(value = ProblemType.UNAVAILABLE, says = "So many watch already that no more are taken.")
  void events(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    response.setContentType("text/event-stream");
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    if (!watchers.enter()) {
      throw Refusal.unavailable(
          "%d watch the cluster already".formatted(Watchers.MAX_WATCHERS), "TOO_MANY_WATCHERS", 5);
    }
    try {
      response.setHeader("X-Accel-Buffering", "no");
      new FrameStream(watchers.ring(), startId, response)
          .follow(request.getHeader("Last-Event-ID"));
    } finally {
      watchers.leave();
    }
  }
}
