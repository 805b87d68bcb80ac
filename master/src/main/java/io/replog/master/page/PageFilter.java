package io.replog.master.page;

import io.replog.master.page.PageFiles.PageFile;
import io.replog.node.filter.RequestFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// Serves the page: at `/` to those who name `text/html` in `Accept`, its parts below `/page/`.
/// Before access is checked: it holds nothing of the cluster, and asks for a key itself where one
/// is needed. Everything else goes on.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 15)
final class PageFilter implements RequestFilter {

  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final String ROOT = "/page/";

  /// Nothing but what this node serves itself, no inline script or style, no frames, no forms that
  /// leave.
  private static final String POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final PageFiles files;

  PageFilter(PageFiles files) {
    this.files = files;
  }

  @Override
  public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    PageFile file = METHODS.contains(request.getMethod()) ? find(request) : null;
    if (file == null) {
      chain.doFilter(request, response);
    } else {
      serve(request, response, file);
    }
  }

  private @Nullable PageFile find(HttpServletRequest request) {
    String path = request.getRequestURI();
    if (path.equals("/")) {
      return wantsPage(request) ? files.find(PageFiles.INDEX) : null;
    }
    return path.startsWith(ROOT) ? files.find(path.substring(ROOT.length())) : null;
  }

  /// Whether it likes a page at least as well as JSON; what accepts anything gets JSON.
  private static boolean wantsPage(HttpServletRequest request) {
    String accept = String.join(",", Collections.list(request.getHeaders("Accept")));
    return quality(accept, MediaType.TEXT_HTML) > 0
        && quality(accept, MediaType.TEXT_HTML) >= quality(accept, MediaType.APPLICATION_JSON);
  }

  private static double quality(String accept, MediaType wanted) {
    try {
      return MediaType.parseMediaTypes(accept).stream()
          .filter(type -> type.equalsTypeAndSubtype(wanted))
          .mapToDouble(MediaType::getQualityValue)
          .max()
          .orElse(0);
    } catch (InvalidMediaTypeException malformed) {
      return 0;
    }
  }

  private static void serve(HttpServletRequest request, HttpServletResponse response, PageFile file)
      throws IOException {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Vary", "Accept");
    response.setContentType(file.type());
    response.setContentLength(file.bytes().length);
    if (request.getMethod().equals("GET")) {
      response.getOutputStream().write(file.bytes());
    }
  }
}
