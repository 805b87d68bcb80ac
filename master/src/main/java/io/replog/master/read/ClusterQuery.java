package io.replog.master.read;

import io.replog.node.http.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is asked of the cluster, checked.
///
/// @param nodes whom to ask
/// @param from first index of the page, the same on every node
/// @param limit messages of the page
/// @param patience how long a node may take
/// @param authorization header of the caller, handed on to followers; null = none
record ClusterQuery(
    Kind kind,
    List<String> nodes,
    long from,
    int limit,
    Duration patience,
    @Nullable String authorization) {

  static final int MAX_LIMIT = 1_000;

  private static final int USUAL_LIMIT = 100;
  private static final int USUAL_WAIT_MILLIS = 2_000;
  private static final int MAX_WAIT_MILLIS = 10_000;

  /// Which answer counts.
  enum Kind {
    /// That of the node that answers first.
    FIRST,
    /// What a majority of all nodes holds.
    MAJORITY,
    /// Everything that anybody holds.
    ALL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ClusterQuery {
    nodes = List.copyOf(nodes);
  }

  /// @param all names of all nodes, the master first
  /// @param firstKept first index that the master keeps, where a page begins by default
  static ClusterQuery of(HttpServletRequest request, List<String> all, long firstKept) {
    Parameters parameters = new Parameters(request);
    Kind kind = kind(parameters.text("read"));
    return new ClusterQuery(
        kind,
        nodes(kind, parameters.text("nodes"), all),
        parameters.number("from", firstKept, 1, Long.MAX_VALUE),
        (int) parameters.number("limit", USUAL_LIMIT, 1, MAX_LIMIT),
        Duration.ofMillis(parameters.number("wait_ms", USUAL_WAIT_MILLIS, 1, MAX_WAIT_MILLIS)),
        request.getHeader("Authorization"));
  }

  private static Kind kind(@Nullable String word) {
    return switch (word) {
      case null -> Kind.MAJORITY;
      case "first" -> Kind.FIRST;
      case "majority" -> Kind.MAJORITY;
      case "all" -> Kind.ALL;
      default -> throw Parameters.unknownWord("read", word, "first, majority or all");
    };
  }

  private static List<String> nodes(Kind kind, @Nullable String names, List<String> all) {
    if (names == null) {
      return all;
    }
    List<String> wanted = List.of(names.split(","));
    if (kind == Kind.MAJORITY) {
      throw Parameters.unknownWord("nodes", names, "left out with read=majority, which asks all");
    }
    if (!all.containsAll(wanted)) {
      throw Parameters.unknownWord("nodes", names, "names out of " + String.join(",", all));
    }
    return all.stream().filter(wanted::contains).toList();
  }
}
