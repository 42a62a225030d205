// SPDX-License-Identifier: BSL-1.0
/// \file
/// Copies of texts that must live until a statement has run; memory is kept for the next time.
#pragma once

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace relata::mysql_family {

class arena {
public:
    /// A copy whose address never changes; never a null pointer.
    std::string_view copy(std::string_view text) {
        if (text.size() > room_) grow(text.size());
        char* const to = free_;
        if (!text.empty()) std::memcpy(to, text.data(), text.size());
        free_ += text.size();
        room_ -= text.size();
        used_ += text.size();
        return {to, text.size()};
    }

    /// Drops the copies.
    void clear() noexcept {
        used_ = 0;
        current_ = 0;
        if (!blocks_.empty()) enter(0);
    }

    /// Bytes copied since the last clear.
    [[nodiscard]] std::size_t used() const noexcept { return used_; }

private:
    struct block {
        std::unique_ptr<char[]> bytes;
        std::size_t size;
    };

    void enter(std::size_t index) noexcept {
        current_ = index;
        free_ = blocks_[index].bytes.get();
        room_ = blocks_[index].size;
    }

    void grow(std::size_t size) {
        for (std::size_t i = current_ + 1; i < blocks_.size(); ++i)
            if (blocks_[i].size >= size) return enter(i);
        std::size_t const bytes = size > block_size ? size : block_size;
        blocks_.push_back({std::unique_ptr<char[]>(new char[bytes]), bytes});
        enter(blocks_.size() - 1);
    }

    static constexpr std::size_t block_size = 16384;

    std::vector<block> blocks_;
    std::size_t current_ = 0;
    char* free_ = nullptr;
    std::size_t room_ = 0;
    std::size_t used_ = 0;
};

}  // namespace relata::mysql_family
