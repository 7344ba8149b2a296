package io.github.camundabackup.samples.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camundabackup.samples.documentation.Snippets.Snippet;
import org.junit.jupiter.api.Test;

class SnippetsTest {
    @Test
    void javaBlocksOfMarkdownAreFoundWithTheirLines() {
        String markdown = """
                # Title
                ```java
                int a;
                  int b;
                ```
                ```xml
                <a/>
                ```
                ```java
                int c;
                ```
                """;

        assertThat(Snippets.ofMarkdown(markdown))
                .containsExactly(new Snippet(3, "int a;\n  int b;"), new Snippet(10, "int c;"));
    }

    @Test
    void indentationThatAllLinesShareDoesNotMatter() {
        String java = """
                        // snippet
                        int a;

                            int b;
                        // end
                """;
        String markdown = """
                - in a list
                  ```java
                  int a;

                      int b;
                  ```
                """;

        assertThat(Snippets.ofJava(java).get(0).code())
                .isEqualTo(Snippets.ofMarkdown(markdown).get(0).code());
    }

    @Test
    void indentationThatLinesDoNotShareMatters() {
        assertThat(Snippets.ofMarkdown("```java\nint a;\n int b;\n```"))
                .isNotEqualTo(Snippets.ofMarkdown("```java\nint a;\nint b;\n```"));
    }

    @Test
    void aBlockThatIsNotClosedIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Snippets.ofMarkdown("\n```java\nint a;\n"))
                .withMessageContaining("line 3");
    }
}
