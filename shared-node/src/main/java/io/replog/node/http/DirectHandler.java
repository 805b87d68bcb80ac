package io.replog.node.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/// A handler of Spring MVC that is called so often that its usual request does not go through
/// Spring MVC: that costs as much as reading and answering it, and once more where the call waits,
/// since a waiting virtual thread keeps every frame below.
///
/// The mapping of the same method stays, for every other form of the request and for every mistake
/// in its method or media type.
public interface DirectHandler {

  /// The path, as it is mapped.
  String path();

  /// Reads and answers a `POST` of `application/json` to the path.
  ///
  /// @throws Exception what an exception of a handler means anywhere
  void handle(HttpServletRequest request, HttpServletResponse response) throws Exception;
}
