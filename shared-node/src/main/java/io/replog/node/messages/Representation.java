package io.replog.node.messages;

import io.replog.node.problem.Printable;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/// The forms in which messages are read.
enum Representation {
  /// One JSON document.
  JSON("application/json"),
  /// One full record a line.
  LINES("application/x-ndjson"),
  /// A live tail of server-sent events.
  TAIL("text/event-stream");

  private final MediaType type;

  Representation(String type) {
    this.type = MediaType.parseMediaType(type);
  }

  String mediaType() {
    return type.toString();
  }

  /// The form that `accept` likes best; among equals, the first of this list.
  static Representation choose(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return JSON;
    }
    List<MediaType> ranges = parse(accept);
    Representation best = JSON;
    double bestQuality = 0;
    for (Representation form : values()) {
      double quality = form.quality(ranges);
      if (quality > bestQuality) {
        best = form;
        bestQuality = quality;
      }
    }
    if (bestQuality == 0) {
      throw notAcceptable(accept);
    }
    return best;
  }

  /// The quality that the most specific range gives to this form, 0 when none matches.
  private double quality(List<MediaType> ranges) {
    MediaType closest = null;
    for (MediaType range : ranges) {
      if (range.includes(type) && (closest == null || precision(range) > precision(closest))) {
        closest = range;
      }
    }
    return closest == null ? 0 : closest.getQualityValue();
  }

  private static int precision(MediaType range) {
    if (range.isWildcardType()) {
      return 0;
    }
    return range.isWildcardSubtype() ? 1 : 2;
  }

  private static List<MediaType> parse(String accept) {
    try {
      return MediaType.parseMediaTypes(accept);
    } catch (InvalidMediaTypeException malformed) {
      throw notAcceptable(accept);
    }
  }

  private static Refusal notAcceptable(String accept) {
    return Refusal.of(
        ProblemType.NOT_ACCEPTABLE,
        "Accept is %s, messages are served as application/json, application/x-ndjson and "
                .formatted(Printable.of(accept))
            + "text/event-stream");
  }
}
