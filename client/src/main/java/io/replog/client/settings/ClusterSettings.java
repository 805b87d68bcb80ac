package io.replog.client.settings;

import io.replog.client.Failure;
import io.replog.client.cluster.NodeSpec;
import io.replog.model.settings.Durations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which nodes the cluster has, read from variables.
///
/// @param nodes the master first, then the followers by number, then the layer nodes
/// @param variables every variable of `.env` and the environment, the environment winning
public record ClusterSettings(List<NodeSpec> nodes, Map<String, String> variables) {

  /// Most followers that one machine is asked to run.
  public static final int MAX_FOLLOWERS = 64;

  private static final int DEFAULT_MASTER_PORT = 6061;
  private static final int DEFAULT_FOLLOWERS = 2;
  private static final Pattern FOLLOWER_PORT = Pattern.compile("FOLLOWER_([1-9][0-9]{0,3})_PORT");

  public ClusterSettings {
    nodes = List.copyOf(nodes);
    variables = Map.copyOf(variables);
  }

  /// Merges `.env` and the environment and lays out the nodes.
  ///
  /// @param followers how many followers, or empty: as many as have a port, two when none has
  /// @throws Failure naming the variable, its value and what is allowed
  public static ClusterSettings resolve(
      Map<String, String> dotEnv, Map<String, String> environment, OptionalInt followers) {
    Map<String, String> variables = new HashMap<>(dotEnv);
    variables.putAll(environment);
    List<NodeSpec> nodes = new ArrayList<>();
    nodes.add(NodeSpec.master(port(variables, "MASTER_PORT", DEFAULT_MASTER_PORT)));
    IntStream.rangeClosed(1, followerCount(variables, followers))
        .mapToObj(number -> follower(variables, number))
        .forEach(nodes::add);
    refuseSharedPorts(nodes);
    return new ClusterSettings(nodes, variables);
  }

  /// The same with the layers of [TierLayout] below a core of three. Its followers are not delayed
  /// unless a variable says so: an update waits for all of them.
  ///
  /// @throws Failure naming the variable, its value and what is allowed
  public static ClusterSettings tiers(Map<String, String> dotEnv, Map<String, String> environment) {
    Map<String, String> prompt = new HashMap<>(dotEnv);
    for (int number = 1; number <= TierLayout.FOLLOWERS; number++) {
      prompt.putIfAbsent("FOLLOWER_%d_DELAY".formatted(number), "0s");
    }
    ClusterSettings core = resolve(prompt, environment, OptionalInt.of(TierLayout.FOLLOWERS));
    List<NodeSpec> nodes = new TierLayout(core.variables).over(core.nodes);
    refuseSharedPorts(nodes);
    return new ClusterSettings(nodes, core.variables);
  }

  private static int followerCount(Map<String, String> variables, OptionalInt asked) {
    if (asked.isPresent()) {
      return checkedCount(asked.getAsInt());
    }
    List<Integer> numbers = numberedPorts(variables);
    for (int place = 0; place < numbers.size(); place++) {
      if (numbers.get(place) != place + 1) {
        throw Failure.usage(
            "FOLLOWER_%d_PORT is set and FOLLOWER_%d_PORT is not; followers are numbered without gap"
                .formatted(numbers.get(place), place + 1));
      }
    }
    return checkedCount(numbers.isEmpty() ? DEFAULT_FOLLOWERS : numbers.size());
  }

  private static List<Integer> numberedPorts(Map<String, String> variables) {
    return variables.keySet().stream()
        .map(FOLLOWER_PORT::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> Integer.valueOf(matcher.group(1)))
        .sorted()
        .toList();
  }

  private static int checkedCount(int followers) {
    if (followers < 0 || followers > MAX_FOLLOWERS) {
      throw Failure.usage(
          "--followers=%d cannot be used; allowed: 0 to %d".formatted(followers, MAX_FOLLOWERS));
    }
    return followers;
  }

  private static NodeSpec follower(Map<String, String> variables, int number) {
    String prefix = "FOLLOWER_" + number;
    int port = port(variables, prefix + "_PORT", DEFAULT_MASTER_PORT + number);
    return NodeSpec.follower(number, port, delay(variables, prefix + "_DELAY", number));
  }

  static int port(Map<String, String> variables, String name, int fallback) {
    String value = set(variables, name);
    if (value == null) {
      return fallback;
    }
    if (!value.matches("[0-9]{1,5}")
        || Integer.parseInt(value) < 1
        || Integer.parseInt(value) > 65_535) {
      throw Failure.usage(
          "%s=%s cannot be used; allowed: a port from 1 to 65535".formatted(name, value));
    }
    return Integer.parseInt(value);
  }

  private static String delay(Map<String, String> variables, String name, int number) {
    String value = set(variables, name);
    if (value == null) {
      return defaultDelay(number);
    }
    if (Durations.parse(value).isEmpty()) {
      throw Failure.usage(
          "%s=%s cannot be used; allowed: a duration such as 250ms, 5s or 0s"
              .formatted(name, value));
    }
    return value;
  }

  private static String defaultDelay(int number) {
    return switch (number) {
      case 1 -> "5s";
      case 2 -> "2s";
      default -> "0s";
    };
  }

  /// The value of `name`; an empty one counts as not set.
  private static @Nullable String set(Map<String, String> variables, String name) {
    String value = variables.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }

  private static void refuseSharedPorts(List<NodeSpec> nodes) {
    Map<Integer, NodeSpec> owners = new HashMap<>();
    for (NodeSpec node : nodes) {
      NodeSpec other = owners.putIfAbsent(node.port(), node);
      if (other != null) {
        throw Failure.usage(
            "%s=%d is the port of %s as well; give every node its own port"
                .formatted(node.portVariable(), node.port(), other.name()));
      }
    }
  }
}
