package io.replog.master.watch;

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

  @GetMapping("/cluster/events")
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
