package io.replog.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A disk that keeps what was forced, and of the rest, after a crash, any sectors in any order.
/// Names are durable when their directory was forced. It also fails, fills up and lies on demand.
final class SimulatedDisk implements LogFiles {

  static final Path DIRECTORY = Path.of("/data");

  /// Names as every process sees them.
  private final Map<Path, SimulatedFile> names = new TreeMap<>();

  /// Names as they will be after a crash.
  private final Map<Path, SimulatedFile> durableNames = new TreeMap<>();

  /// Names changed since their directory was last forced, in order.
  private final List<Renamed> renamed = new ArrayList<>();

  /// Names deleted since their directory was last forced, and not used again.
  private final Set<Path> deleted = new TreeSet<>();

  private final Set<Path> locked = new HashSet<>();
  private long operationsLeft = Long.MAX_VALUE;
  private long bytesLeft = Long.MAX_VALUE;
  private String noSpace = "No space left on device";
  private int forcesUntilFailure = Integer.MAX_VALUE;
  private boolean ignoresForces;
  private boolean ignoresDirectoryForces;
  private int forces;
  private int writesAfterFailure;

  /// @param from null for a new file
  private record Renamed(@Nullable Path from, Path to, SimulatedFile file) {
    boolean isDurableIn(Map<Path, SimulatedFile> durable) {
      return durable.get(to) == file && (from == null || durable.get(from) != file);
    }
  }

  /// From now on every operation but so many fails, as if the power had gone.
  synchronized void powerOffAfter(long operations) {
    operationsLeft = operations;
  }

  /// The force after so many more fails, and only that one.
  synchronized void failForceAfter(int goodForces) {
    forcesUntilFailure = goodForces;
  }

  synchronized void setFreeBytes(long bytes) {
    bytesLeft = bytes;
  }

  /// What a write that finds no room says.
  synchronized void setNoSpaceMessage(String message) {
    noSpace = message;
  }

  synchronized void ignoreForces() {
    ignoresForces = true;
  }

  synchronized void ignoreDirectoryForces() {
    ignoresDirectoryForces = true;
  }

  synchronized int forces() {
    return forces;
  }

  /// Writes and forces since a force failed.
  synchronized int writesAfterFailure() {
    return writesAfterFailure;
  }

  /// Power off and on: of the names that were not forced all are as before, or none, or some; and
  /// so are sectors.
  synchronized void crash(RandomGenerator random) {
    int chance = random.nextInt(3);
    keep(renamed.stream().filter(_ -> chance == 1 || (chance == 2 && random.nextBoolean())));
    deleted.stream()
        .filter(_ -> chance == 1 || (chance == 2 && random.nextBoolean()))
        .forEach(durableNames::remove);
    deleted.clear();
    names.clear();
    names.putAll(durableNames);
    renamed.clear();
    Set.copyOf(names.values()).forEach(file -> file.crash(random));
    locked.clear();
    operationsLeft = Long.MAX_VALUE;
  }

  /// A rename happens as a whole or not at all.
  private void keep(Stream<Renamed> changes) {
    changes.forEach(
        change -> {
          durableNames.put(change.to(), change.file());
          if (change.from() != null) {
            durableNames.remove(change.from(), change.file());
          }
        });
  }

  /// The same bytes on a disk of their own, all durable, nothing locked.
  synchronized SimulatedDisk copy() {
    SimulatedDisk copy = new SimulatedDisk();
    names.forEach((path, file) -> copy.names.put(path, new SimulatedFile(copy, file.bytes())));
    copy.durableNames.putAll(copy.names);
    return copy;
  }

  synchronized byte[] bytes(String name) {
    return file(DIRECTORY.resolve(name)).bytes();
  }

  synchronized void put(String name, byte[] bytes) {
    SimulatedFile file = new SimulatedFile(this, bytes);
    names.put(DIRECTORY.resolve(name), file);
    durableNames.put(DIRECTORY.resolve(name), file);
  }

  synchronized void remove(String name) {
    names.remove(DIRECTORY.resolve(name));
    durableNames.remove(DIRECTORY.resolve(name));
  }

  synchronized List<String> names() {
    return names.keySet().stream().map(path -> DIRECTORY.relativize(path).toString()).toList();
  }

  @Override
  public void prepareDirectory(Path directory) {
    // Directories are implied by the names in them.
  }

  @Override
  public synchronized DirectoryHold lock(Path file) throws IOException {
    operate();
    if (!locked.add(file)) {
      throw new LogRefusedException(file + " is locked");
    }
    return () -> unlock(file);
  }

  private synchronized void unlock(Path file) {
    locked.remove(file);
  }

  @Override
  public synchronized List<String> list(Path directory) throws IOException {
    operate();
    return names.keySet().stream()
        .filter(path -> path.startsWith(directory) && !path.equals(directory))
        .map(path -> directory.relativize(path).getName(0).toString())
        .distinct()
        .toList();
  }

  @Override
  public synchronized LogFile create(Path path) throws IOException {
    operate();
    SimulatedFile file = new SimulatedFile(this, new byte[0]);
    names.put(path, file);
    deleted.remove(path);
    renamed.add(new Renamed(null, path, file));
    return file;
  }

  @Override
  public synchronized LogFile open(Path path) throws IOException {
    operate();
    return file(path);
  }

  @Override
  public synchronized LogFile openToRead(Path path) throws IOException {
    if (!names.containsKey(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return open(path);
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    operate();
    renamed.add(new Renamed(from, to, file(from)));
    names.put(to, file(from));
    names.remove(from);
    deleted.remove(to);
  }

  @Override
  public synchronized void deleteIfExists(Path file) throws IOException {
    operate();
    if (names.remove(file) != null) {
      deleted.add(file);
    }
  }

  @Override
  public synchronized void forceDirectory(Path directory) throws IOException {
    operate();
    if (!ignoresDirectoryForces) {
      durableNames.keySet().removeIf(path -> directory.equals(path.getParent()));
      names.forEach(
          (path, file) -> {
            if (directory.equals(path.getParent())) {
              durableNames.put(path, file);
            }
          });
      deleted.removeIf(path -> directory.equals(path.getParent()));
      renamed.removeIf(change -> change.isDurableIn(durableNames));
    }
  }

  /// One, so that what fails where is the same in every run.
  @Override
  public int readers() {
    return 1;
  }

  @Override
  public synchronized long usableBytes(Path directory) {
    return bytesLeft;
  }

  /// Counts an operation of any kind.
  synchronized void operate() throws IOException {
    if (operationsLeft <= 0) {
      throw new IOException("the power is off");
    }
    operationsLeft--;
  }

  /// Counts a write that makes a file longer by so much.
  synchronized void write(long growth) throws IOException {
    operate();
    writesAfterFailure += forcesUntilFailure < 0 ? 1 : 0;
    if (growth > bytesLeft) {
      throw new IOException(noSpace);
    }
    bytesLeft -= growth;
  }

  /// @return whether this force is to do anything
  synchronized boolean force() throws IOException {
    forces++;
    writesAfterFailure += forcesUntilFailure < 0 ? 1 : 0;
    if (forcesUntilFailure-- == 0) {
      throw new IOException("Input/output error");
    }
    return !ignoresForces;
  }

  private SimulatedFile file(Path path) {
    @Nullable SimulatedFile file = names.get(path);
    if (file == null) {
      throw new NoSuchElementException(path + " among " + new HashMap<>(names).keySet());
    }
    return file;
  }
}
