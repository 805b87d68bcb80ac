package io.replog.master.cluster;

import io.replog.master.events.MasterListener;
import io.replog.master.members.Members;
import io.replog.master.replicate.FollowerLink;
import io.replog.node.log.NodeLog;
import io.replog.replication.master.MasterEffect;
import io.replog.replication.master.MasterEvent;
import java.util.List;
import java.util.function.Consumer;

/// Carries out what the core wants, on the thread that owns the core at that moment: hands it to
/// the log, to a follower's link, to a waiting call or to listeners. Nothing here waits.
final class EffectPerformer implements Consumer<MasterEffect> {

  private final NodeLog log;
  private final Links links;
  private final Members members;
  private final MasterCalls calls;
  private final List<MasterListener> listeners;

  EffectPerformer(
      NodeLog log,
      Links links,
      Members members,
      MasterCalls calls,
      List<MasterListener> listeners) {
    this.log = log;
    this.links = links;
    this.members = members;
    this.calls = calls;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void accept(MasterEffect effect) {
    switch (effect) {
      case MasterEffect.Write(var logId, var entries) -> log.append(logId, entries);
      case MasterEffect.PersistPromise(var promise) -> log.persistPromise(promise);
      case MasterEffect.PersistCommit(var index) -> log.commit(index);
      case MasterEffect.Begin(var logId, var base) -> log.begin(logId, base);
      case MasterEffect.Release(var index) -> log.release(index);
      case MasterEffect.Connect connect -> connect(connect);
      case MasterEffect.AnswerMembers(var call, var outcome) ->
          calls.changes().complete(call, outcome);
      case MasterEffect.Send send -> links.to(send.follower()).send(send);
      case MasterEffect.Beat beat -> links.to(beat.follower()).beat(beat);
      case MasterEffect.Pull pull -> pull(pull);
      case MasterEffect.BeginAnew() -> log.reopenFor("the log is whole again");
      case MasterEffect.AnswerAdd(var call, var outcome) -> calls.adds().complete(call, outcome);
      case MasterEffect.Took(var call, var taken) -> calls.bulks().complete(call, taken);
      case MasterEffect.AnswerWait(var call, var acks, var met) ->
          calls.waits().complete(call, new MasterCalls.Holders(acks, met));
      case MasterEffect.AnswerAdopt(var call, var outcome) ->
          calls.adoptions().complete(call, outcome);
      case MasterEffect.Happened(var event) -> tell(event);
    }
  }

  /// A damaged log takes no entries, so none are asked for.
  private void pull(MasterEffect.Pull pull) {
    FollowerLink link = links.to(pull.follower());
    if (log.isWritable()) {
      link.pull(pull);
    } else {
      link.decline("the log of this node is damaged and takes no entries");
    }
  }

  private void tell(MasterEvent event) {
    long now = System.nanoTime();
    for (MasterListener listener : listeners) {
      listener.happened(event, now);
    }
  }

  /// Has links to exactly those, and lets everybody know who counts.
  void connect(MasterEffect.Connect connect) {
    members.connect(connect);
    links.connected(members.connected());
  }
}
