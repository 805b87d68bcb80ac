package io.replog.follower.redirect;

import io.replog.model.Envelope;
import io.replog.node.api.AnswerHeader;
import io.replog.node.api.Gives;
import io.replog.node.http.MasterAddress;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /add` on a follower: 307 to the master. The body is not read.
@RestController
final class AddController {

  private final MasterAddress master;

  AddController(MasterAddress master) {
    this.master = master;
  }

  /// Sends whoever wants to add to the master.
  ///
  /// The body is not read, so that any is taken.
  @Gives(
      status = 307,
      says = "The same call at the master, query included.",
      headers = AnswerHeader.LOCATION,
      data = Void.class,
      example =
          "{\"status_code\":307,\"message\":\"Messages are added at the master\",\"data\":null}")
  @PostMapping("/add")
  ResponseEntity<Envelope<Void>> add(HttpServletRequest request) {
    return ResponseEntity.status(307)
        .header(HttpHeaders.LOCATION, master.sameCall(request))
        .contentType(MediaType.APPLICATION_JSON)
        .body(new Envelope<>(307, "Messages are added at the master", null));
  }
}
