package io.replog.benchmarks.peers;

import io.replog.benchmarks.load.HttpProtocol;
import io.replog.client.cluster.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Three members of etcd, spoken to through the JSON gateway of the leader. Each append is another
/// revision of one key.
final class Etcd {

  private static final int MEMBERS = 3;
  private static final Pattern MEMBER = Pattern.compile("\"member_id\":\"([0-9]+)\"");
  private static final Pattern LEADER = Pattern.compile("\"leader\":\"([0-9]+)\"");

  private final List<Integer> clientPorts = ports();
  private final List<Integer> peerPorts = ports();

  private static List<Integer> ports() {
    return IntStream.range(0, MEMBERS).mapToObj(_ -> Ports.free()).toList();
  }

  static Running start(Path directory) throws IOException {
    return new Etcd().running(new Servers(directory));
  }

  private Running running(Servers servers) throws IOException {
    for (int member = 0; member < MEMBERS; member++) {
      servers.start("etcd-" + member, command(servers, member));
    }
    servers.await("a leader", () -> leaderPort() > 0);
    String put =
        "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(base64("message"), base64(Message.TEXT));
    return new SocketRunning(
        servers, this::leaderPort, HttpProtocol.post("/v3/kv/put", "application/json", put));
  }

  private List<String> command(Servers servers, int member) throws IOException {
    String client = url(clientPorts.get(member));
    String peer = url(peerPorts.get(member));
    List<String> line = new ArrayList<>(List.of("etcd", "--name", "etcd-" + member));
    line.addAll(List.of("--data-dir", servers.directory("data-" + member).toString()));
    line.addAll(List.of("--listen-client-urls", client, "--advertise-client-urls", client));
    line.addAll(List.of("--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer));
    line.addAll(List.of("--initial-cluster", members(), "--initial-cluster-state", "new"));
    return line;
  }

  private String members() {
    return IntStream.range(0, MEMBERS)
        .mapToObj(member -> "etcd-%d=%s".formatted(member, url(peerPorts.get(member))))
        .collect(Collectors.joining(","));
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  /// Where the member listens that says of itself that it leads; 0 while there is none.
  private int leaderPort() {
    return clientPorts.stream().filter(Etcd::leads).findFirst().orElse(0);
  }

  private static boolean leads(int port) {
    String status = Setup.post(port, "/v3/maintenance/status", "{}");
    Matcher member = MEMBER.matcher(status);
    Matcher leader = LEADER.matcher(status);
    return member.find() && leader.find() && member.group(1).equals(leader.group(1));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
