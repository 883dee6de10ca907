package io.rankline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ListSizeTest {

  @Test
  void allItemsCountAndSetTheLength() {
    assertThat(ListSize.ALL.of(7)).isEqualTo(7);
    assertThat(ListSize.ALL.padded(7)).isEqualTo(7);
    assertThat(ListSize.of("list_size", 0)).isEqualTo(ListSize.ALL);
  }

  @Test
  void theFirstItemsCountAndTheLengthIsTheirNumber() {
    assertThat(new ListSize(5).of(7)).isEqualTo(5);
    assertThat(new ListSize(5).of(3)).isEqualTo(3);
    assertThat(new ListSize(5).padded(3)).isEqualTo(5);
  }

  @Test
  void aNumberBelowZeroIsRefusedByItsName() {
    assertThatThrownBy(() -> ListSize.of("valid_list_size", -5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("valid_list_size must be 0 (all items) or more, got -5");
    assertThatThrownBy(() -> new ListSize(-1))
        .hasMessage("list_size must be 0 (all items) or more, got -1");
  }
}
