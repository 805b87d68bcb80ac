package io.replog.node.http;

import java.util.List;

/// What a part of the node serves, for the list at `GET /`.
@FunctionalInterface
public interface ServedPaths {

  List<ServedPath> paths();

  /// One line of the list.
  ///
  /// @param method HTTP method
  /// @param path path, with parameters in braces
  /// @param what a few words for people
  record ServedPath(String method, String path, String what) {}
}
