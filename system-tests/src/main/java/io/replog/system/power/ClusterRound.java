package io.replog.system.power;

import io.replog.system.disk.CutKind;
import io.replog.system.disk.FileSystem;
import io.replog.system.disk.LoopDisk;
import io.replog.system.disk.LoopDisks;
import io.replog.system.history.Violation;
import io.replog.system.kit.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// A cluster of which every node has a disk of its own, under load. Writers go on while power is
/// cut and comes back.
final class ClusterRound implements Round {

  private static final int LONGEST_PAUSE_MILLIS = 1_200;

  private final LoopDisks disks;
  private final FileSystem fileSystem;
  private final Map<String, LoopDisk> diskByNode = new LinkedHashMap<>();
  private final TestCluster cluster;
  private final Load load;
  private final Victims victims;
  private final Holders holders;
  private final Random random;
  private final Tally tally;
  private long acknowledgedBefore;
  private int cuts;

  /// Returns when all nodes are in sync and clients are writing.
  ClusterRound(
      LoopDisks disks,
      FileSystem fileSystem,
      ClusterSettings settings,
      Random random,
      Tally tally) {
    this.disks = disks;
    this.fileSystem = fileSystem;
    this.random = random;
    this.tally = tally;
    List<String> names = settings.names();
    this.victims = new Victims(names, random);
    this.holders = new Holders(names.size(), TestCluster.MASTER);
    names.forEach(node -> diskByNode.put(node, disks.create(node, fileSystem)));
    this.cluster = laidOut(settings);
    this.load = started();
  }

  private TestCluster laidOut(ClusterSettings settings) {
    return TestCluster.laidOut(
        disks.directory().resolve("cluster"),
        builder -> {
          diskByNode.forEach(
              (node, disk) -> builder.set(node, "DATA_DIR", disk.dataDirectory().toString()));
          return settings.apply(builder);
        });
  }

  private Load started() {
    try {
      cluster.nodes().up();
      cluster.awaitInSync();
      return new Load(cluster, List.copyOf(diskByNode.keySet()), random);
    } catch (RuntimeException | Error failed) {
      cluster.close();
      disks.close();
      throw failed;
    }
  }

  @Override
  public String cut() {
    long start = System.nanoTime();
    List<String> cut = victims.next();
    Pause.micros(1_000 * random.nextInt(LONGEST_PAUSE_MILLIS));
    Map<String, List<String>> shown = new HashMap<>();
    cut.forEach(node -> shown.put(node, load.look(node)));
    CutKind kind = random.nextInt(4) == 0 ? CutKind.JOURNAL_FLUSHED : CutKind.NOTHING_FLUSHED;
    load.expectFailureOfMaster(cut.contains(TestCluster.MASTER));
    cut.parallelStream().map(this::disk).forEach(disk -> disk.cut(kind));
    cut.forEach(cluster.nodes()::kill);
    cut.stream().map(this::disk).forEach(LoopDisk::remount);
    String found = inspect(cut, shown);
    cluster.start(cut.toArray(String[]::new));
    cluster.awaitWritable();
    load.expectFailureOfMaster(false);
    cut.forEach(load::look);
    tally.cut(victims.kind(cut), Duration.ofNanos(System.nanoTime() - start));
    return "%s, power cut of %s: %s".formatted(fileSystem, String.join(", ", cut), found);
  }

  private LoopDisk disk(String node) {
    return Objects.requireNonNull(diskByNode.get(node), node);
  }

  /// Judges the disks before their nodes can be sent what they lack.
  private String inspect(List<String> cut, Map<String, List<String>> shown) {
    cuts++;
    List<DiskContents> contents = new ArrayList<>();
    for (String node : cut) {
      Path copy = disks.directory().resolve("copies/%d-%s".formatted(cuts, node));
      contents.add(DiskContents.read(node, disk(node).dataDirectory(), copy));
    }
    contents.forEach(disk -> tally.torn(disk.tornBytes()));
    holders.lost(load.attempts(), contents).ifPresent(ClusterRound::lose);
    Holders.forgotten(shown, contents).ifPresent(ClusterRound::lose);
    tellAcknowledged();
    return "%d acknowledged, all held".formatted(acknowledgedBefore);
  }

  private static void lose(String what) {
    throw new LostException(what);
  }

  private void tellAcknowledged() {
    long acknowledged = load.acknowledged();
    tally.acknowledged(acknowledged - acknowledgedBefore);
    acknowledgedBefore = acknowledged;
  }

  @Override
  public void finish() {
    List<Violation> violations = load.judge();
    tellAcknowledged();
    if (!violations.isEmpty()) {
      throw new LostException(
          "%d promises broken, first: %s".formatted(violations.size(), violations.getFirst()));
    }
  }

  @Override
  public Path keep() {
    load.close();
    cluster.nodes().killAll();
    disks.keepImages();
    return disks.directory();
  }

  @Override
  public void close() {
    load.close();
    cluster.close();
    disks.close();
  }
}
