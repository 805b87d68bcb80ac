package io.replog.node.security;

import jakarta.servlet.http.HttpServletRequest;

/// Who has sent a request, as far as this node has asked.
public sealed interface Identity {

  /// A client with a key.
  ///
  /// @param name of the key, unique in its file
  record Client(String name, ClientRole role) implements Identity {

    @Override
    public String words() {
      return "key " + name;
    }
  }

  /// Somebody who knows the token of the cluster.
  record Node() implements Identity {

    @Override
    public String words() {
      return "cluster token";
    }
  }

  /// Somebody who was not asked: keys are off, or the path is open.
  record Anonymous() implements Identity {

    @Override
    public String words() {
      return "anybody";
    }
  }

  /// For a log line: a kind and a name, never a secret.
  String words();

  /// Who has sent `request`.
  static Identity of(HttpServletRequest request) {
    return request.getAttribute(Identity.class.getName()) instanceof Identity known
        ? known
        : new Anonymous();
  }

  /// Notes who has sent `request`.
  static void note(HttpServletRequest request, Identity identity) {
    request.setAttribute(Identity.class.getName(), identity);
  }

  /// What a limit for each client counts by: the key, or the address where there are no keys.
  static String limitedAs(HttpServletRequest request) {
    return of(request) instanceof Client client
        ? "key " + client.name()
        : "address " + request.getRemoteAddr();
  }
}
