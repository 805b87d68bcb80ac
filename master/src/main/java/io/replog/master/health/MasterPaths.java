package io.replog.master.health;

import io.replog.node.http.ServedPaths;
import java.util.List;
import org.springframework.stereotype.Component;

/// What a master serves beyond what every node does.
@Component
final class MasterPaths implements ServedPaths {

  @Override
  public List<ServedPath> paths() {
    return List.of(
        new ServedPath(
            "POST",
            "/add",
            "append a message: {\"data\":\"msg1\",\"write_concern\":2}; also \"majority\", \"all\","
                + " timeout_ms, header Idempotency-Key"),
        new ServedPath(
            "POST",
            "/transactions",
            "reads and writes of the table that happen together: b, r(12), w(49,53), c"),
        new ServedPath(
            "GET",
            "/messages/{index}/trace",
            "when a message was received, durable, sent, acknowledged"),
        new ServedPath(
            "GET",
            "/cluster/messages?read=majority&from=1&limit=10",
            "what a majority of all nodes holds; also read=first, read=all"),
        new ServedPath(
            "GET", "/cluster/events", "what happens in the cluster, as server-sent events"),
        new ServedPath(
            "GET",
            "/cluster/members",
            "who belongs to the cluster; POST lets a node join (needs Cluster-Token or an admin's"
                + " key)"),
        new ServedPath(
            "DELETE",
            "/cluster/members/{node}",
            "lets a node leave (needs Cluster-Token or an admin's key)"),
        new ServedPath(
            "POST",
            "/cluster/adopt",
            "take over the longest verified follower log (needs Cluster-Token or an admin's key)"));
  }
}
