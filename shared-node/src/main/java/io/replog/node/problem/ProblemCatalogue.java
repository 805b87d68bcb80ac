package io.replog.node.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.model.Envelope;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Takes;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// `GET /problems` and `GET /problems/{slug}`: what the `type` of a problem means.
@RestController
final class ProblemCatalogue {

  /// One kind of refusal, explained.
  ///
  /// @param type URI reference that a problem of this kind has as its type
  /// @param title the kind in words
  /// @param status the HTTP status
  /// @param explanation one sentence for people
  record Explained(
      @JsonProperty("type") String type,
      @JsonProperty("title") String title,
      @JsonProperty("status") int status,
      @JsonProperty("explanation") String explanation) {

    static Explained of(ProblemType type) {
      return new Explained(type.uri(), type.title(), type.status(), type.explanation());
    }
  }

  /// What the types of errors mean.
  @Gives(says = "Every type of problem that a node answers with.")
  @GetMapping("/problems")
  Envelope<List<Explained>> all() {
    return Envelope.ok(
        "Problems explained", Arrays.stream(ProblemType.values()).map(Explained::of).toList());
  }

  /// What one type of errors means.
  @Takes(
      name = "slug",
      in = Takes.Place.PATH,
      example = "bad-request",
      says = "The last part of the type.")
  @Gives(says = "That type.")
  @Refuses(ProblemType.NOT_FOUND)
  @GetMapping("/problems/{slug}")
  Envelope<Explained> one(@PathVariable("slug") String slug) {
    return Arrays.stream(ProblemType.values())
        .filter(type -> type.slug().equals(slug))
        .findFirst()
        .map(type -> Envelope.ok("Problem explained", Explained.of(type)))
        .orElseThrow(() -> Refusal.of(ProblemType.NOT_FOUND, "there is no such kind of problem"));
  }
}
