package io.replog.client.demo;

import io.replog.client.remote.PlainNode.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What a scene can do with its cluster of a master and two followers.
interface Nodes {

  String MASTER = "master";
  String FOLLOWER_1 = "follower-1";
  String FOLLOWER_2 = "follower-2";

  /// How long follower-1, the slow one, holds every message back, in seconds.
  int SLOW_SECONDS = 4;

  /// The same of follower-2.
  int QUICK_SECONDS = 2;

  /// Adds a message and waits until so many nodes hold it.
  Answer add(String text, int concern);

  /// The same on a thread of its own.
  CompletableFuture<Answer> addLater(String text, int concern);

  /// Every text that the node shows.
  List<String> texts(String node);

  /// SIGKILL; returns when the process is gone.
  void kill(String node);

  /// Returns when the node is ready.
  void start(String node);

  /// Empties the disk of a node that does not run.
  void wipe(String node);
}
