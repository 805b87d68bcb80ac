package io.replog.master.members;

import io.replog.model.Member;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Peer;
import io.replog.replication.master.MasterEffect;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Who belongs to the cluster beside this master, as the core has said last. Owner: whoever owns
/// the core; anybody reads.
@Component
public final class Members {

  private static final Logger LOG = LoggerFactory.getLogger("replog");

  private final List<MembersListener> listeners = new CopyOnWriteArrayList<>();
  private final List<String> configured;
  private volatile Present present;

  /// @param members those that count for write concerns
  /// @param connected everybody who is sent to, the members first
  private record Present(List<Peer> members, List<Peer> connected) {}

  /// Begins with those of the settings; a log may know better.
  public Members(NodeSettings settings) {
    this.configured = settings.followers().stream().map(Peer::name).toList();
    this.present = new Present(settings.followers(), settings.followers());
  }

  /// The core has other connections from now on.
  public void connect(MasterEffect.Connect connect) {
    List<Peer> members = connect.members().stream().map(Members::peer).toList();
    Present next = new Present(members, connect.all().map(Members::peer).toList());
    warnOfOthers(present, next);
    present = next;
    listeners.forEach(each -> each.connected(next.connected()));
  }

  private void warnOfOthers(Present before, Present next) {
    List<String> names = next.members().stream().map(Peer::name).toList();
    boolean isNews = !next.members().equals(before.members());
    if (isNews && !Set.copyOf(names).equals(Set.copyOf(configured))) {
      LOG.warn(
          "FOLLOWERS names {}, the log says {}: FOLLOWERS is what a master with an empty directory"
              + " asks, so keep it up to date",
          configured,
          names);
    }
  }

  /// Everybody that is sent to, those that count first.
  public List<Peer> connected() {
    return present.connected();
  }

  /// Tells `listener` who is connected now, and of every change.
  public void listen(MembersListener listener) {
    listeners.add(listener);
    listener.connected(present.connected());
  }

  /// The followers that count for write concerns, in the order in which they joined.
  public List<Peer> followers() {
    return present.members();
  }

  /// Names of [#followers].
  public List<String> names() {
    return followers().stream().map(Peer::name).toList();
  }

  /// N: every node that counts, this one included.
  public int clusterSize() {
    return followers().size() + 1;
  }

  private static Peer peer(Member member) {
    return new Peer(member.name(), URI.create(member.url()));
  }
}
