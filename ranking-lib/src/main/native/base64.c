/*
 * Base64 with the alphabet of RFC 4648 to bytes, four characters to three at a time.
 *
 * It stops before the first four characters of which one is not in the alphabet: an end, a padding
 * or a fault is the caller's to tell. Lengths are checked by the caller.
 */
#include <immintrin.h>
#include <stdint.h>

#include "library.h"

#define VERSION 1

EXPORT int32_t rankline_base64_version(void) { return VERSION; }

/* What a character stands for; -1 if it is not in the alphabet. */
static int32_t value_of(uint8_t c) {
  if (c >= 'A' && c <= 'Z') {
    return c - 'A';
  }
  if (c >= 'a' && c <= 'z') {
    return c - 'a' + 26;
  }
  if (c >= '0' && c <= '9') {
    return c - '0' + 52;
  }
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* All ones in each character that is from first to last. */
__attribute__((target("avx2"))) static inline __m256i between(__m256i text, char first, char last) {
  return _mm256_and_si256(_mm256_cmpgt_epi8(text, _mm256_set1_epi8((char)(first - 1))),
                          _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(last + 1)), text));
}

/* 32 characters to 24 bytes at a time; out has room for 4 bytes more than it makes. */
__attribute__((target("avx2"))) static int64_t whole_vectors(const uint8_t *text, int64_t length,
                                                             uint8_t *out) {
  const __m256i bytes = _mm256_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1,  //
                                         2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
  int64_t at = 0;
  for (; at + 32 <= length; at += 32, out += 24) {
    __m256i c = _mm256_loadu_si256((const __m256i *)(text + at));
    __m256i upper = between(c, 'A', 'Z');
    __m256i lower = between(c, 'a', 'z');
    __m256i digit = between(c, '0', '9');
    __m256i plus = _mm256_cmpeq_epi8(c, _mm256_set1_epi8('+'));
    __m256i slash = _mm256_cmpeq_epi8(c, _mm256_set1_epi8('/'));
    __m256i letter = _mm256_or_si256(upper, lower);
    __m256i other = _mm256_or_si256(digit, _mm256_or_si256(plus, slash));
    if (_mm256_movemask_epi8(_mm256_or_si256(letter, other)) != -1) {
      break;
    }
    __m256i shift = _mm256_or_si256(
        _mm256_or_si256(_mm256_and_si256(upper, _mm256_set1_epi8(-'A')),
                        _mm256_and_si256(lower, _mm256_set1_epi8(26 - 'a'))),
        _mm256_or_si256(_mm256_and_si256(digit, _mm256_set1_epi8(52 - '0')),
                        _mm256_or_si256(_mm256_and_si256(plus, _mm256_set1_epi8(62 - '+')),
                                        _mm256_and_si256(slash, _mm256_set1_epi8(63 - '/')))));
    __m256i six = _mm256_add_epi8(c, shift);
    __m256i twelve = _mm256_maddubs_epi16(six, _mm256_set1_epi16(0x0140));
    __m256i twenty_four = _mm256_madd_epi16(twelve, _mm256_set1_epi32(0x00011000));
    __m256i packed = _mm256_shuffle_epi8(twenty_four, bytes);
    _mm_storeu_si128((__m128i *)out, _mm256_castsi256_si128(packed));
    _mm_storeu_si128((__m128i *)(out + 12), _mm256_extracti128_si256(packed, 1));
  }
  return at;
}

/*
 * Decodes as many groups of four as there are in the alphabet from the beginning on.
 *
 * length: characters. out: room for 3/4 of that and 4 bytes more. Returns how many characters it
 * took, a multiple of 4.
 */
EXPORT int64_t rankline_base64_decode(const uint8_t *text, int64_t length, uint8_t *out) {
  int64_t at = whole_vectors(text, length, out);
  out += at / 4 * 3;
  for (; at + 4 <= length; at += 4, out += 3) {
    int32_t a = value_of(text[at]);
    int32_t b = value_of(text[at + 1]);
    int32_t c = value_of(text[at + 2]);
    int32_t d = value_of(text[at + 3]);
    if ((a | b | c | d) < 0) {
      break;
    }
    int32_t group = a << 18 | b << 12 | c << 6 | d;
    out[0] = (uint8_t)(group >> 16);
    out[1] = (uint8_t)(group >> 8);
    out[2] = (uint8_t)group;
  }
  return at;
}
