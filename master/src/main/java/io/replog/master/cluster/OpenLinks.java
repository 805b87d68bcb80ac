package io.replog.master.cluster;

import io.replog.master.replicate.FollowerLink;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The links that have to be closed at the end.
final class OpenLinks implements AutoCloseable {

  private final List<FollowerLink> open = new CopyOnWriteArrayList<>();

  void add(Collection<FollowerLink> links) {
    open.addAll(links);
  }

  @Override
  public void close() {
    open.forEach(FollowerLink::close);
    open.clear();
  }
}
