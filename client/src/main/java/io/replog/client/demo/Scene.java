package io.replog.client.demo;

import io.replog.client.check.MismatchException;

/// One thing worth seeing.
interface Scene {

  String title();

  /// What is going to happen, and what to look at; a line each.
  String announcement();

  /// Does it, tells what happened, and checks that it was what was announced.
  ///
  /// @throws MismatchException when it was not
  void play(Nodes nodes, Narrator narrator);
}
