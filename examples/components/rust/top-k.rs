//! Sorts everything, largest first, then forgets all but the first k.
//!
//! The canonical ABI by hand; with Cargo the crate `wit-bindgen` writes this part.

use std::alloc::{alloc, realloc, Layout};

/// How a list lies in memory: where its elements are, and how many.
#[repr(C)]
pub struct List {
    elements: *mut i32,
    length: usize,
}

fn top_k(mut values: Vec<i32>, k: usize) -> Vec<i32> {
    values.sort_unstable_by(|left, right| right.cmp(left));
    values.truncate(k);
    values
}

/// The arguments are ours: the host made room for them with `cabi_realloc`.
///
/// # Safety
/// `elements` must come from `cabi_realloc`, with room for `length` of them.
#[export_name = "top-k"]
pub unsafe extern "C" fn export_top_k(elements: *mut i32, length: usize, k: usize) -> *mut List {
    // An empty list needs no room, and its address may be anything.
    let values = if length == 0 { Vec::new() } else { Vec::from_raw_parts(elements, length, length) };
    let top = top_k(values, k).into_boxed_slice();
    let length = top.len();
    let elements = Box::into_raw(top) as *mut i32;
    Box::into_raw(Box::new(List { elements, length }))
}

/// Called once the host has copied the result.
///
/// # Safety
/// `result` must be what `top-k` gave.
#[export_name = "cabi_post_top-k"]
pub unsafe extern "C" fn after_top_k(result: *mut List) {
    let List { elements, length } = *Box::from_raw(result);
    drop(Box::from_raw(std::ptr::slice_from_raw_parts_mut(elements, length)));
}

/// The host asks for memory here, to put arguments into.
///
/// # Safety
/// `old` must come from here with `old_size` and `align`; `align` is a power of two.
#[no_mangle]
pub unsafe extern "C" fn cabi_realloc(
    old: *mut u8,
    old_size: usize,
    align: usize,
    new_size: usize,
) -> *mut u8 {
    if new_size == 0 {
        return align as *mut u8;
    }
    let memory = if old_size == 0 {
        alloc(Layout::from_size_align_unchecked(new_size, align))
    } else {
        realloc(old, Layout::from_size_align_unchecked(old_size, align), new_size)
    };
    if memory.is_null() {
        std::process::abort();
    }
    memory
}
